package countinghouse.app.tier;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import countinghouse.billing.BillingDatabase;
import countinghouse.billing.account.Accounts;
import countinghouse.billing.account.Registration;
import countinghouse.billing.ledger.Ledger;
import countinghouse.billing.plan.Tier;
import countinghouse.kit.access.AccessRole;
import countinghouse.kit.access.Principal;
import countinghouse.kit.access.TokenConfig;
import countinghouse.kit.access.Tokens;
import countinghouse.kit.config.Settings;
import countinghouse.kit.database.Database;
import countinghouse.kit.database.Migrations;
import countinghouse.kit.http.Json;
import countinghouse.kit.process.ServiceProcess;
import countinghouse.schemas.RedisKeys;
import countinghouse.serving.ApiRole;
import countinghouse.testing.redis.TestRedis;
import io.vertx.core.Vertx;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Jobs in flight by the tiers that billing has assigned, as the public API tells them. */
class JobsByTierTest {
    private static final Instant LONG_AGO = Instant.parse("2026-01-01T00:00:00Z");
    private static final Instant FAR_AHEAD = Instant.parse("2090-01-01T00:00:00Z");

    private EmbeddedPostgres postgres;
    private TestRedis redis;
    private Settings settings;

    @BeforeEach
    void start() throws Exception {
        postgres = EmbeddedPostgres.start();
        redis = TestRedis.start();
        settings = Settings.of(Map.of(
                "postgres.url", postgres.getJdbcUrl("postgres", "postgres"),
                "postgres.user", "postgres",
                "postgres.password", "postgres",
                "redis.url", redis.url().toString(),
                "http.port", "0",
                "auth.jwt-secret", "a secret of the tests, thirty-two characters and more"));
        Migrations.migrate(postgres.getPostgresDatabase(), "db/published", "published", Map.of());
        put("ann", Map.of("j1", "2|0|started", "j2", "1|0|queued"));
        put("ben", Map.of("j1", "1|0|started"));
        put("cat", Map.of("j1", "1|0|queued"));
        put("stranger", Map.of("j1", "1|0|queued"));
    }

    @AfterEach
    void stop() throws Exception {
        redis.close();
        postgres.close();
    }

    @Test
    void shouldGroupJobsInFlightByTheTierInForceNow() throws Exception {
        register();

        JsonNode jobs = jobs(AccessRole.ANALYST);

        assertThat(jobs.get("byTier").toString())
                .isEqualTo(
                        "[{\"tier\":\"free\",\"accounts\":2,\"inFlight\":2,\"byState\":{\"queued\":1,\"started\":1}},"
                                + "{\"tier\":\"vip\",\"accounts\":1,\"inFlight\":2,\"byState\":{\"queued\":1,\"started\":1}},"
                                + "{\"tier\":null,\"accounts\":1,\"inFlight\":1,\"byState\":{\"queued\":1}}]");
        assertThat(jobs.get("data"))
                .extracting(entry ->
                        entry.get("subject").asText() + " " + entry.get("tier").asText())
                .containsExactly("ann vip", "ben free", "cat free", "stranger null");
        JsonNode own = jobs(AccessRole.CUSTOMER, "ben");
        assertThat(own.get("byTier").toString())
                .isEqualTo("[{\"tier\":\"free\",\"accounts\":1,\"inFlight\":1,\"byState\":{\"started\":1}}]");
    }

    @Test
    void shouldTellJobsByAccountWhileTiersCannotBeRead() {
        JsonNode jobs = jobs(AccessRole.ANALYST);

        assertThat(jobs.get("tiersMissing").asText()).contains("billing's database");
        assertThat(jobs.has("byTier")).isFalse();
        assertThat(jobs.get("data")).hasSize(4).noneMatch(entry -> entry.has("tier"));
    }

    private void register() throws Exception {
        postgres.getPostgresDatabase().getConnection().createStatement().execute("CREATE ROLE biller LOGIN");
        BillingDatabase.migrate(postgres.getPostgresDatabase(), "biller");
        try (Database database = BillingDatabase.open(settings)) {
            Accounts accounts = new Accounts(database.jdbi(), new Ledger(Clock.systemUTC()), Clock.systemUTC());
            accounts.register(new Registration("ann", "Ann", Tier.FREE, LONG_AGO, ZoneOffset.UTC), "test");
            accounts.register(
                    new Registration("ann", "Ann", Tier.VIP, LONG_AGO.plusSeconds(1), ZoneOffset.UTC), "test");
            accounts.register(new Registration("ben", "Ben", Tier.FREE, LONG_AGO, ZoneOffset.UTC), "test");
            accounts.register(new Registration("cat", "Cat", Tier.FREE, LONG_AGO, ZoneOffset.UTC), "test");
            accounts.register(new Registration("cat", "Cat", Tier.PRO, FAR_AHEAD, ZoneOffset.UTC), "test");
        }
    }

    private void put(String account, Map<String, String> jobs) {
        redis.ask(client -> {
            client.set(RedisKeys.EPOCH, "1");
            client.set(RedisKeys.STATE, RedisKeys.STATE_LIVE);
            client.sadd(RedisKeys.accounts(1), account);
            return client.hset(RedisKeys.live(account, RedisKeys.LIVE_JOBS, 1), jobs);
        });
    }

    private JsonNode jobs(AccessRole role, String... accounts) {
        Vertx vertx = Vertx.vertx();
        try (ServiceProcess process = ServiceProcess.start(settings, List.of(new ApiRole()))) {
            String token = new Tokens(vertx, TokenConfig.from(settings))
                    .issue(new Principal("test", Set.of(role), Set.of(accounts)), Duration.ofMinutes(5));
            URI url = URI.create("http://127.0.0.1:%d/api/v1/live/jobs".formatted(process.port()));
            HttpResponse<String> response = HttpClient.newHttpClient()
                    .send(
                            HttpRequest.newBuilder(url)
                                    .header("Authorization", "Bearer " + token)
                                    .build(),
                            HttpResponse.BodyHandlers.ofString());
            assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
            return Json.mapper().readTree(response.body());
        } catch (Exception e) {
            throw new AssertionError(e);
        } finally {
            vertx.close().await();
        }
    }
}
