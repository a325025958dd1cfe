package countinghouse.kit.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import countinghouse.kit.config.Settings;
import countinghouse.kit.database.Migrations;
import countinghouse.kit.process.ProcessClient;
import countinghouse.kit.process.ProcessContext;
import countinghouse.kit.process.ProcessRole;
import countinghouse.kit.process.ServiceProcess;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Revoked tokens of several processes in one PostgreSQL, in the role of production, with PostgreSQL really stopped. */
class StoredRevocationsTest {
    private static final Principal ANN = new Principal("ann", Set.of(AccessRole.ANALYST), Set.of());
    private static final Duration RECOVERY = Duration.ofSeconds(20);

    @TempDir
    private Path data;

    private EmbeddedPostgres postgres;
    private int port;
    private Settings settings;

    @BeforeEach
    void start() throws Exception {
        postgres = EmbeddedPostgres.builder()
                .setDataDirectory(data)
                .setCleanDataDirectory(false)
                .start();
        port = postgres.getPort();
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
        settings = Settings.of(Map.of(
                "http.port", "0",
                "auth.jwt-secret", "0123456789abcdef0123456789abcdef",
                "access.postgres.url", postgres.getJdbcUrl("door", "postgres"),
                "access.postgres.user", "door",
                "access.postgres.password", "none"));
    }

    @AfterEach
    void stop() throws IOException {
        postgres.close();
    }

    @Test
    void shouldEndATokenInEveryProcessAndKeepItEndedThroughAnOutage() throws Exception {
        String token = token();
        try (ServiceProcess one = process();
                ServiceProcess other = process();
                RevokedTokens third = RevokedTokens.open(settings)) {
            third.awaitFirstReading();
            assertThat(ask(one, token)).isEqualTo(200);
            assertThat(ask(other, token)).isEqualTo(200);

            assertThat(end(one, token)).isEqualTo(204);
            assertThat(ask(one, token)).as("at once where it was ended").isEqualTo(401);
            Awaitility.await().atMost(Duration.ofSeconds(5)).untilAsserted(() -> assertThat(ask(other, token))
                    .isEqualTo(401));

            postgres.close();
            String later = token();
            assertThat(ask(other, later)).isEqualTo(200);
            assertThat(ask(other, token)).as("known before").isEqualTo(401);
            Instant asked = Instant.now();
            assertThatThrownBy(() -> third.add("later", Instant.now().plusSeconds(600)))
                    .isInstanceOf(RevocationException.class);
            assertThat(Duration.between(asked, Instant.now())).isLessThan(Duration.ofSeconds(15));

            startAgain();
            Awaitility.await().atMost(RECOVERY).untilAsserted(() -> assertThat(end(one, later))
                    .isEqualTo(204));
            Awaitility.await().atMost(RECOVERY).untilAsserted(() -> assertThat(ask(other, later))
                    .isEqualTo(401));
        }
    }

    @Test
    void shouldTakeNoTokenUntilItIsKnownWhichAreRevoked() throws Exception {
        String revoked = token();
        String good = token();
        try (ServiceProcess before = process()) {
            assertThat(end(before, revoked)).isEqualTo(204);
        }
        postgres.close();
        try (ServiceProcess restarted = process()) {
            assertThat(ask(restarted, revoked)).isEqualTo(503);
            assertThat(ask(restarted, good)).isEqualTo(503);
            assertThat(get(restarted, "/health/ready", good).body()).contains("revoked-tokens");

            startAgain();
            Awaitility.await().atMost(RECOVERY).untilAsserted(() -> assertThat(ask(restarted, good))
                    .isEqualTo(200));
            assertThat(ask(restarted, revoked)).isEqualTo(401);
            assertThat(get(restarted, "/health/ready", good).statusCode()).isEqualTo(200);
        }
    }

    private void startAgain() throws IOException {
        postgres = EmbeddedPostgres.builder()
                .setDataDirectory(data)
                .setCleanDataDirectory(false)
                .setPort(port)
                .start();
    }

    private ServiceProcess process() {
        return ServiceProcess.start(settings, List.of(new Desk()));
    }

    private String token() {
        return Tokens.issueOnce(TokenConfig.from(settings), ANN, Duration.ofMinutes(10));
    }

    private static int ask(ServiceProcess process, String token) throws Exception {
        return get(process, "/" + UUID.randomUUID(), token).statusCode();
    }

    private static int end(ServiceProcess process, String token) throws Exception {
        return get(process, "/end", token).statusCode();
    }

    private static HttpResponse<String> get(ServiceProcess process, String path, String token) throws Exception {
        return ProcessClient.get(process, path, "Authorization", "Bearer " + token);
    }

    /** Answers whoever has a token, and ends it where asked to. */
    private static final class Desk implements ProcessRole {
        @Override
        public String name() {
            return "desk";
        }

        @Override
        public AutoCloseable start(ProcessContext context) {
            context.router()
                    .get("/end")
                    .handler(context.access().require(AccessRole.ANALYST))
                    .handler(request -> context.vertx()
                            .executeBlocking(
                                    () -> {
                                        context.tokens()
                                                .revoke(VerifiedToken.of(request)
                                                        .orElseThrow());
                                        return null;
                                    },
                                    false)
                            .onSuccess(done ->
                                    request.response().setStatusCode(204).end())
                            .onFailure(request::fail));
            context.router()
                    .getWithRegex("/[0-9a-f-]{36}")
                    .handler(context.access().require(AccessRole.ANALYST))
                    .handler(request -> request.end("hello"));
            return () -> {};
        }
    }
}
