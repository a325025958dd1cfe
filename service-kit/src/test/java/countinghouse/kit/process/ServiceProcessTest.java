package countinghouse.kit.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import countinghouse.kit.access.AccessRole;
import countinghouse.kit.access.Principal;
import countinghouse.kit.access.Tokens;
import countinghouse.kit.config.ConfigurationException;
import countinghouse.kit.config.Settings;
import countinghouse.kit.http.Json;
import countinghouse.kit.http.KitError;
import countinghouse.kit.http.ProblemException;
import java.io.IOException;
import java.net.ConnectException;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ServiceProcessTest {
    private static final Map<String, String> SETTINGS =
            Map.of("http.port", "0", "auth.jwt-secret", "0123456789abcdef0123456789abcdef");

    private final HttpClient http = HttpClient.newHttpClient();
    private final AtomicReference<Optional<String>> trouble = new AtomicReference<>(Optional.empty());
    private Tokens tokens;
    private ServiceProcess process;

    @BeforeEach
    void start() {
        process = ServiceProcess.start(Settings.of(SETTINGS), List.of(new SampleRole()));
    }

    @AfterEach
    void stop() {
        process.close();
    }

    @Test
    void shouldBeReadyOnlyWhileEveryCheckIs() throws Exception {
        assertThat(get("/health/live").statusCode()).isEqualTo(200);
        assertThat(get("/health/ready").statusCode()).isEqualTo(200);
        trouble.set(Optional.of("lost its database"));
        HttpResponse<String> ready = get("/health/ready");
        assertThat(ready.statusCode()).isEqualTo(503);
        assertThat(ready.body()).contains("lost its database");
        assertThat(get("/health/live").statusCode()).isEqualTo(200);
    }

    @Test
    void shouldBeReadyWithoutTheDatabaseOfCredentialsWhenNoRoleHasCallers() throws Exception {
        process.close();
        Map<String, String> settings = new HashMap<>(SETTINGS);
        settings.put("access.postgres.url", "jdbc:postgresql://127.0.0.1:1/nowhere");
        settings.put("access.postgres.user", "nobody");
        settings.put("access.postgres.password", "none");
        process = ServiceProcess.start(Settings.of(settings), List.of(new SampleRole() {
            @Override
            public boolean hasCallers() {
                return false;
            }
        }));

        assertThat(get("/health/ready").statusCode()).isEqualTo(200);
    }

    @Test
    void shouldAnswerWhatIsUnderWayBeforeItClosesWhatAnswersDependOn() throws Exception {
        process.close();
        SlowRole role = new SlowRole();
        Map<String, String> settings = new HashMap<>(SETTINGS);
        settings.put("http.stop-delay", "PT2S");
        process = ServiceProcess.start(Settings.of(settings), List.of(role));
        CompletableFuture<HttpResponse<String>> answer = http.sendAsync(
                HttpRequest.newBuilder(uri("/slow"))
                        // This client gives up what is under way when a connection of HTTP/2 is about to end.
                        .version(HttpClient.Version.HTTP_1_1)
                        .build(),
                HttpResponse.BodyHandlers.ofString());
        assertThat(role.awaitRequest()).isTrue();

        CompletableFuture<Void> closing = CompletableFuture.runAsync(process::close);
        Awaitility.await()
                .atMost(Duration.ofSeconds(10))
                .untilAsserted(() -> assertThat(get("/health/ready").body()).contains("about to end"));
        Awaitility.await().atMost(Duration.ofSeconds(10)).untilAsserted(() -> assertThatThrownBy(
                        () -> new Socket("127.0.0.1", process.port()).close())
                .isInstanceOf(ConnectException.class));
        assertThat(answer).isNotDone();
        role.answer();

        assertThat(answer.get(10, TimeUnit.SECONDS).body()).isEqualTo("answered while open");
        closing.get(10, TimeUnit.SECONDS);
    }

    @Test
    void shouldMeasureRequestsByRouteAndNeverByPath() throws Exception {
        get("/things/42", "Authorization", "Bearer " + token(AccessRole.ADMIN));
        assertThat(get("/metrics").body())
                .contains("http_request_duration_seconds")
                .contains("route=\"/things/:id\"")
                .doesNotContain("/things/42");
    }

    @Test
    void shouldSeeWhatTheGarbageCollectorDoes() {
        System.gc();
        Awaitility.await().atMost(Duration.ofSeconds(10)).untilAsserted(() -> assertThat(
                        get("/metrics").body())
                .containsPattern("jvm_gc_pause_seconds_count\\{"));
    }

    @Test
    void shouldAnswerProblemsThatTheOpenMeterSdkCanParse() throws Exception {
        HttpResponse<String> response = get("/things/0", "Authorization", "Bearer " + token(AccessRole.ADMIN));
        JsonNode problem = Json.mapper().readTree(response.body());
        assertThat(response.headers().firstValue("Content-Type")).contains("application/problem+json");
        assertThat(problem.get("type").asText()).isEqualTo("urn:countinghouse:problem:invalid-request");
        assertThat(problem.get("status").asInt()).isEqualTo(400);
        assertThat(problem.get("detail").asText()).isEqualTo("There is no thing 0");
        assertThat(problem.get("hint").asText()).isEqualTo("count from 1");
    }

    @Test
    void shouldSayNothingOfItsInsideWhenItFails() throws Exception {
        HttpResponse<String> response = get("/things/1", "Authorization", "Bearer " + token(AccessRole.ADMIN));
        assertThat(response.statusCode()).isEqualTo(500);
        assertThat(response.body()).doesNotContain("secret detail").contains("internal");
    }

    @Test
    void shouldEchoAnAcceptableCorrelationIdAndReplaceAnyOther() throws Exception {
        assertThat(get("/health/live", "X-Correlation-ID", "abc-1").headers().firstValue("X-Correlation-ID"))
                .contains("abc-1");
        assertThat(get("/health/live", "X-Correlation-ID", "a b\"").headers().firstValue("X-Correlation-ID"))
                .isPresent()
                .get()
                .isNotEqualTo("a b\"");
    }

    @Test
    void shouldAdmitOnlyValidTokensWithTheRole() throws Exception {
        assertThat(get("/things/42").statusCode()).isEqualTo(401);
        assertThat(get("/things/42", "Authorization", "Bearer nonsense").statusCode())
                .isEqualTo(401);
        assertThat(get("/things/42", "Authorization", "Bearer " + token(AccessRole.CREATOR))
                        .statusCode())
                .isEqualTo(403);
        assertThat(get("/things/42", "X-API-Key", token(AccessRole.ADMIN)).body())
                .isEqualTo("admin-user");
        assertThat(get("/things/42?access_token=" + token(AccessRole.ADMIN)).statusCode())
                .isEqualTo(200);
    }

    @Test
    void shouldAnswerUnknownPathsAndMethodsWithProblems() throws Exception {
        assertThat(get("/no/such/path").statusCode()).isEqualTo(404);
        assertThat(get("/no/such/path").headers().firstValue("Content-Type")).contains("application/problem+json");
        HttpResponse<String> wrongMethod = http.send(
                HttpRequest.newBuilder(uri("/metrics")).DELETE().build(), HttpResponse.BodyHandlers.ofString());
        assertThat(wrongMethod.statusCode()).isEqualTo(405);
    }

    @Test
    void shouldHideWhatBelongsToOthers() {
        Principal creator = new Principal("c", Set.of(AccessRole.CREATOR), Set.of("mine"));
        assertThat(creator.maySee("mine")).isTrue();
        assertThatThrownBy(() -> creator.requireMaySee("theirs"))
                .isInstanceOfSatisfying(ProblemException.class, problem -> assertThat(problem.error())
                        .isEqualTo(KitError.NOT_FOUND));
        assertThat(new Principal("b", Set.of(AccessRole.BILLING), Set.of()).maySee("theirs"))
                .isTrue();
    }

    @Test
    void shouldNotStartWithoutAnyOrWithAWeakSecret() {
        assertThatThrownBy(() -> ServiceProcess.start(Settings.of(Map.of("http.port", "0")), List.of()))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("auth.jwks-url");
        assertThatThrownBy(() -> ServiceProcess.start(Settings.of(Map.of("auth.jwt-secret", "short")), List.of()))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("32 characters");
    }

    @Test
    void shouldNameThePortThatIsTaken() {
        assertThatThrownBy(() -> ServiceProcess.start(
                        Settings.of(SETTINGS).with(Map.of("http.port", Integer.toString(process.port()))), List.of()))
                .hasMessageContaining("127.0.0.1:" + process.port());
    }

    private String token(AccessRole role) {
        return tokens.issue(new Principal("admin-user", Set.of(role), Set.of()), Duration.ofMinutes(1));
    }

    private HttpResponse<String> get(String path, String... headers) throws IOException, InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder(uri(path));
        if (headers.length > 0) {
            request.headers(headers);
        }
        return http.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }

    private URI uri(String path) {
        return URI.create("http://127.0.0.1:" + process.port() + path);
    }

    private class SampleRole implements ProcessRole {
        @Override
        public String name() {
            return "sample";
        }

        @Override
        public AutoCloseable start(ProcessContext context) {
            tokens = context.tokens();
            context.health().register("sample", trouble::get);
            context.router()
                    .get("/things/:id")
                    .handler(context.access().require(AccessRole.ADMIN))
                    .handler(request -> {
                        switch (request.pathParam("id")) {
                            case "0" ->
                                throw new ProblemException(
                                        KitError.INVALID_REQUEST,
                                        "There is no thing 0",
                                        Map.of("hint", "count from 1"));
                            case "1" -> throw new IllegalStateException("secret detail");
                            default -> request.end(Principal.of(request).name());
                        }
                    });
            return () -> {};
        }
    }
}
