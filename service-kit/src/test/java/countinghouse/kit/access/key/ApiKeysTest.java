package countinghouse.kit.access.key;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import countinghouse.kit.access.AccessRole;
import countinghouse.kit.access.Principal;
import countinghouse.kit.config.Settings;
import countinghouse.kit.database.Migrations;
import countinghouse.kit.process.ProcessClient;
import countinghouse.kit.process.ProcessContext;
import countinghouse.kit.process.ProcessRole;
import countinghouse.kit.process.ServiceProcess;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.net.http.HttpResponse;
import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.Statement;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.statement.UnableToExecuteStatementException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** Keys in a real PostgreSQL, in the roles of production. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ApiKeysTest {
    private static final SecureRandom RANDOM = new SecureRandom();
    private static final KeyGrant GRANT = new KeyGrant(
            "player",
            new NamePatterns(List.of("player/*")),
            new NamePatterns(List.of("creator-1", "team-*")),
            Set.of(AccessRole.PRODUCER, AccessRole.CUSTOMER),
            50);

    private final MovingClock clock = new MovingClock();
    private EmbeddedPostgres postgres;
    private ApiKeyStore commands;
    private ApiKeyStore door;

    @BeforeAll
    void start() throws Exception {
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
        commands = new ApiKeyStore(Jdbi.create(postgres.getDatabase("keys", "postgres")), clock);
        door = new ApiKeyStore(Jdbi.create(postgres.getDatabase("door", "postgres")), clock);
    }

    @AfterAll
    void stop() throws Exception {
        postgres.close();
    }

    @Test
    void shouldAdmitAKeyUntilItIsRevoked() throws Exception {
        KeyText key = added();
        ApiKeys keys = keys();

        ApiKey found = keys.find(key.text()).get().orElseThrow();
        assertThat(found.grant()).isEqualTo(GRANT);
        assertThat(commands.revoke(key.id(), "test")).isTrue();
        assertThat(commands.revoke(key.id(), "test")).as("twice").isFalse();
        clock.advance(ApiKeys.FRESH_FOR);

        assertThat(keys.find(key.text()).get()).isEmpty();
    }

    @Test
    void shouldKeepNothingOfTheSecret() {
        KeyText key = added();

        String rows = Jdbi.create(postgres.getPostgresDatabase()).withHandle(handle -> handle.createQuery(
                        "SELECT row_to_json(k)::text FROM access.api_key k WHERE id = :id")
                .bind("id", key.id())
                .mapTo(String.class)
                .one());

        assertThat(rows).doesNotContain(key.secret());
        assertThat(key.toString()).doesNotContain(key.secret());
    }

    @Test
    void shouldRefuseAWrongSecretAndWhatIsNoKey() throws Exception {
        KeyText key = added();
        ApiKeys keys = keys();

        assertThat(keys.find(new KeyText(key.id(), "0".repeat(64)).text()).get())
                .isEmpty();
        assertThat(keys.find(KeyText.random(RANDOM).text()).get()).isEmpty();
        assertThat(keys.find("chk_" + key.id()).get()).isEmpty();
    }

    @Test
    void shouldTakeBothKeysDuringARotationAndThenOnlyTheNew() throws Exception {
        KeyText old = added();
        KeyText fresh = KeyText.random(RANDOM);
        ApiKeys keys = keys();

        assertThat(commands.rotate(old.id(), fresh, Duration.ofHours(1), "test"))
                .isPresent();
        assertThat(keys.find(old.text()).get()).isPresent();
        assertThat(keys.find(fresh.text()).get().orElseThrow().grant()).isEqualTo(GRANT);
        assertThat(keys.find(fresh.text()).get().orElseThrow().replaces()).isEqualTo(old.id());
        clock.advance(Duration.ofHours(1));

        assertThat(keys.find(old.text()).get()).isEmpty();
        assertThat(keys.find(fresh.text()).get()).isPresent();
        assertThat(commands.rotate(old.id(), KeyText.random(RANDOM), Duration.ZERO, "test"))
                .as("no longer good")
                .isEmpty();
    }

    @Test
    void shouldServeFromItsCopyWhileTheStoreIsDownAndThenRefuseToGuess() throws Exception {
        KeyText key = added();
        AtomicReference<Optional<RuntimeException>> failure = new AtomicReference<>(Optional.empty());
        AtomicInteger readings = new AtomicInteger();
        ApiKeys keys = new ApiKeys(
                () -> {
                    readings.incrementAndGet();
                    failure.get().ifPresent(down -> {
                        throw down;
                    });
                    return door.all();
                },
                Runnable::run,
                clock);
        assertThat(keys.find(key.text()).get()).isPresent();

        failure.set(Optional.of(new IllegalStateException("down")));
        clock.advance(ApiKeys.SERVES_FOR.minusSeconds(1));
        assertThat(keys.find(key.text()).get()).isPresent();
        assertThat(keys.find(key.text()).get()).isPresent();
        assertThat(readings).as("one that worked, one that failed").hasValue(2);
        clock.advance(Duration.ofSeconds(30));

        assertThatThrownBy(() -> keys.find(key.text()).get())
                .isInstanceOf(ExecutionException.class)
                .hasCauseInstanceOf(KeysUnavailableException.class);
        failure.set(Optional.empty());
        clock.advance(Duration.ofSeconds(30));
        assertThat(keys.find(key.text()).get()).isPresent();
    }

    @Test
    void shouldGiveEachRoleNoMoreRightsThanItNeeds() {
        KeyText key = added();

        assertThatThrownBy(() -> door.revoke(key.id(), "door"))
                .isInstanceOf(UnableToExecuteStatementException.class)
                .hasMessageContaining("permission denied");
        assertThatThrownBy(() -> Jdbi.create(postgres.getDatabase("keys", "postgres"))
                        .useHandle(handle -> handle.execute("UPDATE access.api_key SET secret_hash = sha256('')")))
                .hasMessageContaining("permission denied");
        assertThatThrownBy(() -> Jdbi.create(postgres.getDatabase("keys", "postgres"))
                        .useHandle(handle -> handle.execute("DELETE FROM access.api_key")))
                .hasMessageContaining("permission denied");
    }

    @Test
    void shouldOpenTheRoutesOfAKeysRolesAndLimitWhoeverHasNone() throws Exception {
        KeyText key = added();
        Map<String, String> settings = Map.of(
                "http.port", "0",
                "auth.jwt-secret", "0123456789abcdef0123456789abcdef",
                "access.postgres.url", postgres.getJdbcUrl("door", "postgres"),
                "access.postgres.user", "door",
                "access.postgres.password", "none",
                "access.anonymous-requests-per-minute", "2");
        try (ServiceProcess process = ServiceProcess.start(Settings.of(settings), List.of(new WhoAsks()))) {
            assertThat(ProcessClient.get(process, "/producer", "X-API-Key", key.text())
                            .body())
                    .isEqualTo("player [creator-1] " + key.id());
            assertThat(ProcessClient.get(process, "/producer", "Authorization", "Bearer " + key.text())
                            .statusCode())
                    .isEqualTo(200);
            assertThat(ProcessClient.get(process, "/admin", "X-API-Key", key.text())
                            .statusCode())
                    .isEqualTo(403);
            String wrong = KeyText.random(RANDOM).text();
            assertThat(ProcessClient.get(process, "/producer", "X-API-Key", wrong)
                            .statusCode())
                    .isEqualTo(401);
            assertThat(ProcessClient.get(process, "/producer", "Accept", "*/*").statusCode())
                    .isEqualTo(401);
            HttpResponse<String> limited = ProcessClient.get(process, "/producer", "X-API-Key", wrong);
            assertThat(limited.statusCode()).isEqualTo(429);
            assertThat(Integer.parseInt(
                            limited.headers().firstValue("Retry-After").orElseThrow()))
                    .isBetween(1, 31);
            assertThat(ProcessClient.get(process, "/producer", "X-API-Key", key.text())
                            .statusCode())
                    .isEqualTo(200);
        }
    }

    @Test
    void shouldLimitHowOftenAnAddressMayTryToSignIn() throws Exception {
        Map<String, String> settings = Map.of(
                "http.port", "0",
                "auth.jwt-secret", "0123456789abcdef0123456789abcdef",
                "access.anonymous-requests-per-minute", "2");
        try (ServiceProcess process = ServiceProcess.start(Settings.of(settings), List.of(new WhoAsks()))) {
            assertThat(ProcessClient.get(process, "/open", "Accept", "*/*").statusCode())
                    .isEqualTo(200);
            assertThat(ProcessClient.get(process, "/open", "Accept", "*/*").statusCode())
                    .isEqualTo(200);
            HttpResponse<String> limited = ProcessClient.get(process, "/open", "Accept", "*/*");
            assertThat(limited.statusCode()).isEqualTo(429);
            assertThat(limited.headers().firstValue("Retry-After")).isPresent();
        }
    }

    private static final class WhoAsks implements ProcessRole {
        @Override
        public String name() {
            return "who-asks";
        }

        @Override
        public AutoCloseable start(ProcessContext context) {
            context.router()
                    .get("/producer")
                    .handler(context.access().require(AccessRole.PRODUCER))
                    .handler(request -> request.end("%s %s %s"
                            .formatted(
                                    Principal.of(request).name(),
                                    Principal.of(request).accounts(),
                                    ApiKey.of(request).orElseThrow().id())));
            context.router().get("/admin").handler(context.access().require(AccessRole.ADMIN));
            context.router().get("/open").handler(context.access().anyone()).handler(request -> request.end("open"));
            return () -> {};
        }
    }

    @Test
    void shouldMatchNamesAndBeginningsOfNames() {
        NamePatterns patterns = new NamePatterns(List.of("a", "b*"));
        assertThat(List.of("a", "b", "bc")).allMatch(patterns::matches);
        assertThat(List.of("aa", "", "cb", "A")).noneMatch(patterns::matches);
        assertThat(patterns.names()).containsExactly("a");
        assertThat(new NamePatterns(List.of("*")).matches("anything")).isTrue();
        for (String bad : List.of("", "a*b", "**", "a\nb", " ")) {
            assertThatThrownBy(() -> new NamePatterns(List.of(bad))).isInstanceOf(IllegalArgumentException.class);
        }
    }

    @Test
    void shouldRefuseAGrantThatIsNotForKeys() {
        NamePatterns all = new NamePatterns(List.of("*"));
        assertThatThrownBy(() -> new KeyGrant("p", all, all, Set.of(AccessRole.ADMIN), 1))
                .hasMessageContaining("ADMIN");
        assertThatThrownBy(() -> new KeyGrant("p", all, all, Set.of(), 1)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new KeyGrant(" ", all, all, Set.of(AccessRole.PRODUCER), 1))
                .hasMessageContaining("name");
        assertThatThrownBy(() -> new KeyGrant("p", all, all, Set.of(AccessRole.PRODUCER), 0))
                .hasMessageContaining("at least 1");
    }

    private KeyText added() {
        KeyText key = KeyText.random(RANDOM);
        commands.add(key, GRANT, "test");
        return key;
    }

    private ApiKeys keys() {
        return new ApiKeys(door::all, Runnable::run, clock);
    }

    private static final class MovingClock extends Clock {
        private Instant now = Instant.parse("2026-11-01T00:00:00Z");

        void advance(Duration time) {
            now = now.plus(time);
        }

        @Override
        public Instant instant() {
            return now;
        }

        @Override
        public ZoneOffset getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(java.time.ZoneId zone) {
            return this;
        }
    }
}
