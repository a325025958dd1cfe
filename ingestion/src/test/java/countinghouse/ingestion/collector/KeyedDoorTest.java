package countinghouse.ingestion.collector;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import countinghouse.ingestion.testing.ProcessSettings;
import countinghouse.ingestion.testing.TestDoor;
import countinghouse.ingestion.testing.TestLog;
import countinghouse.kit.command.ExitCode;
import countinghouse.kit.database.Migrations;
import countinghouse.kit.http.Json;
import countinghouse.schemas.EventType;
import countinghouse.testing.broker.TestBroker;
import countinghouse.testing.command.CommandOutcome;
import countinghouse.testing.registry.TestRegistry;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** Producers with API keys made by the command, against a real door, broker and PostgreSQL. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class KeyedDoorTest {
    private static final String BATCH = "application/cloudevents-batch+json";

    private TestBroker broker;
    private TestRegistry registry;
    private EmbeddedPostgres postgres;
    private TestDoor door;

    @BeforeAll
    void start(@TempDir Path folder) throws Exception {
        broker = TestBroker.start(folder.resolve("kafka"));
        registry = TestRegistry.start();
        postgres = EmbeddedPostgres.start();
        try (Connection connection = postgres.getPostgresDatabase().getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute("CREATE ROLE door LOGIN");
            statement.execute("CREATE ROLE keys LOGIN");
        }
        Migrations.migrate(
                postgres.getPostgresDatabase(),
                "db/access",
                "access",
                Map.of("door_role", "door", "keys_role", "keys"));
        door = TestDoor.start(
                broker.bootstrapServers(),
                registry.url(),
                Map.of(
                        "access.postgres.url", postgres.getJdbcUrl("door", "postgres"),
                        "access.postgres.user", "door",
                        "access.postgres.password", "none",
                        "access.anonymous-requests-per-minute", "20"));
        ProcessSettings.write("""
                keys.postgres.url=%s
                keys.postgres.user=keys
                keys.postgres.password=none
                """.formatted(postgres.getJdbcUrl("keys", "postgres")));
    }

    @AfterAll
    void stop() throws Exception {
        for (AutoCloseable started : new AutoCloseable[] {door, postgres, registry, broker}) {
            if (started != null) {
                started.close();
            }
        }
    }

    @Test
    void shouldTakeAKeyInEitherHeaderAndOnlyWhatItIsBoundTo() throws Exception {
        String key = created("--source", "shop/*", "--account", "organiser-k");

        assertThat(post(Map.of("X-API-Key", key), ticket("1", "shop/north", "organiser-k"))
                        .statusCode())
                .isEqualTo(204);
        HttpResponse<String> mixed = post(
                bearer(key),
                ticket("2", "shop/south", "organiser-k"),
                ticket("1", "other", "organiser-k"),
                ticket("3", "shop/south", "organiser-x"));

        JsonNode problem = Json.mapper().readTree(mixed.body());
        assertThat(mixed.statusCode()).isEqualTo(400);
        assertThat(problem.path("stored").asInt()).isEqualTo(1);
        assertThat(problem.path("errors").findValuesAsText("rule")).containsExactly("key-source", "key-account");
        assertThat(stored("organiser-k")).isEqualTo(2);
        assertThat(stored("organiser-x")).isZero();
    }

    @Test
    void shouldRefuseAViewWhoseAdsBillAnAccountThatIsNotTheKeys() throws Exception {
        String key = created("--source", "player", "--account", "creator-k", "--account", "ads-*");
        String view = """
                {"specversion":"1.0","id":"v","source":"player","type":"video.view","subject":"creator-k","data":
                {"video_id":"v","user_id":"u","ad_views":[{"ad_id":"a","advertiser":"%s"}]}}""";

        assertThat(post(bearer(key), view.formatted("ads-1")).statusCode()).isEqualTo(204);
        assertThat(post(bearer(key), view.formatted("rival")).body()).contains("key-account", "ad_views");
    }

    @Test
    void shouldRotateWithoutAGapAndRevokeWithinSeconds() throws Exception {
        String old = created("--source", "*", "--account", "organiser-r");
        assertThat(post(bearer(old), ticket("r1", "s", "organiser-r")).statusCode())
                .isEqualTo(204);

        String fresh = done("rotate", idOf(old), "--overlap", "PT1H").strip();
        Awaitility.await().untilAsserted(() -> assertThat(
                        post(bearer(fresh), ticket("r2", "s", "organiser-r")).statusCode())
                .isEqualTo(204));
        assertThat(post(bearer(old), ticket("r3", "s", "organiser-r")).statusCode())
                .isEqualTo(204);
        assertThat(done("revoke", idOf(old))).isEmpty();

        Awaitility.await().atMost(Duration.ofSeconds(20)).untilAsserted(() -> assertThat(
                        post(bearer(old), ticket("r4", "s", "organiser-r")).statusCode())
                .isEqualTo(401));
        assertThat(post(bearer(fresh), ticket("r5", "s", "organiser-r")).statusCode())
                .isEqualTo(204);
        assertThat(done("list"))
                .contains(idOf(old) + "  revoked", idOf(fresh) + "  valid")
                .doesNotContain(fresh.substring(21));
        assertThat(done("list", "--json")).contains("\"replaces\":\"%s\"".formatted(idOf(old)));
        assertThat(refused("revoke", idOf(old))).contains("There is no valid key");
    }

    @Test
    void shouldAnswer429WithTheTimeToWaitWhenAKeySendsTooMuch() throws Exception {
        String key = created("--source", "*", "--account", "*", "--events-per-second", "2");

        HttpResponse<String> first = post(bearer(key), tickets(20, "organiser-limit"));
        HttpResponse<String> second = post(bearer(key), tickets(1, "organiser-limit"));

        assertThat(first.statusCode()).as("a batch above the rate passes once").isEqualTo(204);
        assertThat(second.statusCode()).isEqualTo(429);
        assertThat(Integer.parseInt(second.headers().firstValue("Retry-After").orElseThrow()))
                .isBetween(5, 11);
        assertThat(second.body()).contains("rate-limited", "may send 2 events/s");
        assertThat(stored("organiser-limit")).isEqualTo(20);
    }

    @Test
    void shouldLimitRequestsWithoutValidCredentialsFromOneAddressAndNoOthers() throws Exception {
        String key = created("--source", "*", "--account", "*");
        List<Integer> answers = new ArrayList<>();
        for (int i = 0; i < 25; i++) {
            answers.add(post(bearer("chk_0123456789abcdef_" + "0".repeat(64)), ticket("x", "s", "a"))
                    .statusCode());
        }
        HttpResponse<String> limited = post(Map.of(), ticket("x", "s", "a"));

        assertThat(answers).contains(401).endsWith(429);
        assertThat(limited.statusCode()).isEqualTo(429);
        assertThat(limited.headers().firstValue("Retry-After")).isPresent();
        assertThat(post(bearer(key), ticket("ok", "s", "a")).statusCode()).isEqualTo(204);
    }

    @Test
    void shouldRefuseAKeyForNothingOrForRolesThatKeysMayNotHave() throws Exception {
        assertThat(refused("create", "--producer=p", "--source=a*b", "--account=x"))
                .contains("'a*b'");
        assertThat(refused("create", "--producer=p", "--source=a", "--account=x", "--role=admin"))
                .contains("a key may have");
    }

    private String created(String... grant) throws Exception {
        List<String> arguments = new ArrayList<>(List.of("create", "--producer", "test"));
        arguments.addAll(List.of(grant));
        String key = done(arguments.toArray(String[]::new)).strip();
        assertThat(key).startsWith("chk_");
        // The door reads the keys anew at most five times a second.
        Awaitility.await()
                .untilAsserted(() -> assertThat(post(bearer(key), new String[0]).statusCode())
                        .isEqualTo(204));
        return key;
    }

    private static String idOf(String key) {
        return key.split("_")[1];
    }

    private static String done(String... arguments) {
        CommandOutcome outcome = keys(arguments);
        assertThat(outcome.status()).as(outcome.errors()).isZero();
        return outcome.output();
    }

    private static String refused(String... arguments) {
        CommandOutcome outcome = keys(arguments);
        assertThat(outcome.status()).as(outcome.output()).isEqualTo(ExitCode.BAD_INPUT.status());
        return outcome.errors();
    }

    private static CommandOutcome keys(String... arguments) {
        return CommandOutcome.countinghouse(
                Stream.concat(Stream.of("keys"), Stream.of(arguments)).toArray(String[]::new));
    }

    private HttpResponse<String> post(Map<String, String> credentials, String... events) throws Exception {
        Map<String, String> headers = new HashMap<>(credentials);
        headers.put("Content-Type", BATCH);
        return door.post(("[" + String.join(",", events) + "]").getBytes(UTF_8), headers);
    }

    private static Map<String, String> bearer(String key) {
        return Map.of("Authorization", "Bearer " + key);
    }

    private static String[] tickets(int count, String account) {
        String[] tickets = new String[count];
        for (int i = 0; i < count; i++) {
            tickets[i] = ticket("n" + i, "s", account);
        }
        return tickets;
    }

    private static String ticket(String id, String source, String account) {
        return """
                {"specversion":"1.0","id":"%s","source":"%s","type":"ticket.paid","subject":"%s",\
                "data":{"ticket_id":"t","offering_id":"o"}}""".formatted(id, source, account);
    }

    private long stored(String account) {
        return TestLog.read(broker.bootstrapServers(), EventType.TICKET.topic()).stream()
                .filter(record -> new String(record.key(), UTF_8).equals(account))
                .count();
    }
}
