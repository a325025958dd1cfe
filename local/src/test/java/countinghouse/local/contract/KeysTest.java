package countinghouse.local.contract;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import countinghouse.kit.access.AccessRole;
import countinghouse.kit.access.key.ApiKeys;
import countinghouse.kit.config.Settings;
import countinghouse.kit.http.Json;
import countinghouse.kit.process.ServiceProcess;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;

/** Keys that an administrator makes over HTTP, at the door where they are used. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@ExtendWith(WholeApiExtension.class)
class KeysTest {
    private static final String PRODUCER = "shop-" + UUID.randomUUID();
    private static final String GRANT = """
            {"producer":"%s","sources":["shop/*"],"accounts":["organiser-1"],"eventsPerSecond":50}""".formatted(PRODUCER);
    /** For a reading that takes long on a busy machine. */
    private static final Duration REVOKED_WITHIN = ApiKeys.FRESH_FOR.plusSeconds(3);

    private WholeApi api;

    @BeforeAll
    void start(WholeApi running) {
        api = running;
    }

    @Test
    void shouldShowTheSecretOnceAndNeverInTheList() {
        JsonNode made = post("", GRANT, 201);
        String secret = made.path("key").asText().split("_")[2];
        WholeApi.Answer list = ask("", null, AccessRole.ADMIN);

        assertThat(list.status()).isEqualTo(200);
        assertThat(list.body()).contains(made.path("id").asText()).doesNotContain(secret, "secret", "hash");
        assertThat(list.response().headers().firstValue("Cache-Control")).hasValue("no-store");
        JsonNode listed = listed(made);
        assertThat(listed.path("producer").asText()).isEqualTo(PRODUCER);
        assertThat(listed.path("state").asText()).isEqualTo("valid");
        assertThat(listed.path("createdBy").asText()).isEqualTo("user:ADMIN");
        assertThat(listed.path("roles").toString()).isEqualTo("[\"producer\"]");
    }

    @Test
    void shouldOpenTheDoorForWhatTheKeyIsBoundToUntilItIsRevoked() {
        JsonNode made = post("", GRANT, 201);
        String key = made.path("key").asText();
        assertOpens(made);
        assertThat(send(key, "elsewhere", "organiser-1")).isEqualTo(400);
        assertThat(send(key, "shop/1", "organiser-2")).isEqualTo(400);

        Instant revoked = Instant.now();
        JsonNode answer = post("/%s/revoke".formatted(made.path("id").asText()), null, 200);

        assertThat(answer.path("state").asText()).isEqualTo("revoked");
        assertThat(answer.path("revokedBy").asText()).isEqualTo("user:ADMIN");
        Awaitility.await().atMost(REVOKED_WITHIN).untilAsserted(() -> assertThat(send(key, "shop/1", "organiser-1"))
                .isEqualTo(401));
        assertThat(Duration.between(revoked, Instant.now())).isLessThan(REVOKED_WITHIN);
        assertThat(post("/%s/revoke".formatted(made.path("id").asText()), null, 200))
                .as("revoked again: nothing changes")
                .isEqualTo(answer);
    }

    @Test
    void shouldTakeBothKeysUntilTheOverlapOfARotationEnds() {
        JsonNode old = post("", GRANT, 201);
        JsonNode fresh = post("/%s/rotate".formatted(old.path("id").asText()), "{\"overlapSeconds\":600}", 201);

        assertOpens(fresh);
        assertOpens(old);
        assertThat(fresh.path("replaces")).isEqualTo(old.path("id"));
        assertThat(Instant.parse(listed(old).path("expiresAt").asText()))
                .isBetween(Instant.now().plusSeconds(500), Instant.now().plusSeconds(601));
        JsonNode last = post("/%s/rotate".formatted(fresh.path("id").asText()), "{\"overlapSeconds\":0}", 201);
        assertThat(listed(fresh).path("state").asText()).isEqualTo("expired");
        assertThat(problem(post("/%s/rotate".formatted(fresh.path("id").asText()), "{}", 409)))
                .isEqualTo("key-not-valid");
        assertOpens(last);
    }

    @Test
    void shouldRefuseWhatNoKeyMayBe() {
        assertThat(problem(post("", GRANT.replace("shop/*", "s*p"), 400))).isEqualTo("invalid-request");
        assertThat(problem(post("", GRANT.replace("[\"organiser-1\"]", "[]"), 400)))
                .isEqualTo("invalid-request");
        assertThat(problem(post("", GRANT.replace("}", ",\"roles\":[\"admin\"]}"), 400)))
                .isEqualTo("invalid-request");
        assertThat(problem(post("/0000000000000000/revoke", null, 404))).isEqualTo("unknown-key");
        assertThat(problem(post("/0000000000000000/rotate", null, 404))).isEqualTo("unknown-key");
    }

    @Test
    void shouldSayWhyAProcessWithoutTheRightDoesNotManageKeys() {
        Settings without = WholeApi.settings().with(Map.of("keys.postgres.url", ""));
        try (ServiceProcess process = ServiceProcess.start(without, WholeApi.roles())) {
            WholeApi.Answer answer = api.send(request(URI.create("http://127.0.0.1:" + process.port()), "", null)
                    .header("Authorization", "Bearer " + api.token(AccessRole.ADMIN))
                    .build());

            assertThat(answer.status()).isEqualTo(404);
            assertThat(problem(parsed(answer))).isEqualTo("keys-not-managed");
        }
    }

    /** A door that has read the keys a moment ago reads them again only a moment later. */
    private void assertOpens(JsonNode made) {
        Awaitility.await().atMost(ApiKeys.FRESH_FOR).untilAsserted(() -> assertThat(
                        send(made.path("key").asText(), "shop/1", "organiser-1"))
                .isEqualTo(204));
    }

    private JsonNode listed(JsonNode made) {
        List<JsonNode> found = new ArrayList<>();
        parsed(ask("", null, AccessRole.ADMIN)).path("data").forEach(key -> {
            if (key.path("id").equals(made.path("id"))) {
                found.add(key);
            }
        });
        assertThat(found).hasSize(1);
        return found.get(0);
    }

    private static String problem(JsonNode answer) {
        return answer.path("code").asText();
    }

    private JsonNode post(String path, String body, int status) {
        WholeApi.Answer answer = ask(path, body == null ? "" : body, AccessRole.ADMIN);
        assertThat(answer.status()).as(answer.body()).isEqualTo(status);
        return parsed(answer);
    }

    private WholeApi.Answer ask(String path, String body, AccessRole role) {
        return api.send(request(api.base(), path, body)
                .header("Authorization", "Bearer " + api.token(role))
                .build());
    }

    private static HttpRequest.Builder request(URI base, String path, String body) {
        HttpRequest.Builder request = HttpRequest.newBuilder(base.resolve("/api/v1/keys" + path));
        return body == null
                ? request
                : request.header("Content-Type", "application/json")
                        .POST(HttpRequest.BodyPublishers.ofString(body, UTF_8));
    }

    private int send(String key, String source, String account) {
        String event = """
                {"specversion":"1.0","type":"ticket.paid","source":"%s","id":"%s","subject":"%s",
                 "data":{"ticket_id":"t-1","offering_id":"o-1"}}""".formatted(source, UUID.randomUUID(), account);
        return api.send(HttpRequest.newBuilder(api.base().resolve("/api/v1/events"))
                        .header("X-API-Key", key)
                        .header("Content-Type", "application/cloudevents+json")
                        .POST(HttpRequest.BodyPublishers.ofString(event, UTF_8))
                        .build())
                .status();
    }

    private static JsonNode parsed(WholeApi.Answer answer) {
        try {
            return Json.mapper().readTree(answer.body());
        } catch (IOException e) {
            throw new AssertionError(answer.body(), e);
        }
    }
}
