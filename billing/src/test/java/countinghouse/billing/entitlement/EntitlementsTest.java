package countinghouse.billing.entitlement;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import countinghouse.billing.Billing;
import countinghouse.billing.BillingException;
import countinghouse.billing.account.Registration;
import countinghouse.billing.books.Books;
import countinghouse.billing.books.BooksExtension;
import countinghouse.billing.plan.Tier;
import countinghouse.kit.config.RedisAddress;
import countinghouse.kit.http.Json;
import countinghouse.schemas.RedisKeys;
import countinghouse.schemas.event.JobEvent;
import countinghouse.testing.redis.TestRedis;
import countinghouse.testing.redis.TestRedisCluster;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

@ExtendWith(BooksExtension.class)
class EntitlementsTest {
    private static final Instant LONG_AGO = Instant.parse("2025-01-01T00:00:00Z");
    private static final Duration LONG = Duration.ofSeconds(60);
    private static TestRedis redis;

    private Billing billing;
    private Entitlements entitlements;

    @BeforeAll
    static void startRedis() throws IOException {
        redis = TestRedis.start();
    }

    @AfterAll
    static void stopRedis() throws IOException {
        redis.close();
    }

    @BeforeEach
    void open(Books books) {
        redis.ask(commands -> commands.flushAll());
        // A fixed clock, so that no test runs across the end of a quota day.
        billing = Billing.open(books.settings(), Optional.empty(), Clock.fixed(Instant.now(), ZoneOffset.UTC));
        for (Tier tier : Tier.values()) {
            register(tier.label(), tier, ZoneOffset.UTC);
        }
        entitlements = entitlements(Duration.ofMinutes(5));
    }

    @AfterEach
    void close() {
        entitlements.close();
        billing.close();
    }

    @Test
    void shouldAdmitExactlyOneOfOneHundredConcurrentChecksOfAFreeAccount() throws Exception {
        CountDownLatch start = new CountDownLatch(1);
        ExecutorService callers = Executors.newFixedThreadPool(20);
        AtomicInteger admitted = new AtomicInteger();
        List<Future<?>> answers = new ArrayList<>();
        for (int n = 0; n < 100; n++) {
            String job = "job-" + n;
            answers.add(callers.submit(() -> {
                start.await();
                if (entitlements.check("free", job).verdict().allowed()) {
                    admitted.incrementAndGet();
                }
                return null;
            }));
        }
        start.countDown();
        for (Future<?> answer : answers) {
            answer.get(60, TimeUnit.SECONDS);
        }
        callers.shutdown();

        assertThat(admitted).hasValue(1);
        long placed = redis.ask(commands -> commands.zcard(RedisKeys.admission("free", "jobs")));
        assertThat(placed).isEqualTo(1);
    }

    @Test
    void shouldKeepTheTierTable() {
        assertThat(admittedOf("vip", 12)).isEqualTo(10);
        assertThat(admittedOf("premium", 12)).isEqualTo(5);
        assertThat(admittedOf("pro", 12)).isEqualTo(3);
        assertThat(admittedOf("free", 4)).isEqualTo(1);
        // Pro: 12 requests are within 15 a minute, so what stopped the others was the number of jobs.
        assertThat(check("pro", "one-more").verdict()).isEqualTo(Verdict.TOO_MANY_JOBS);
        for (int n = 0; n < 4; n++) {
            check("free", "again-" + n);
        }
        assertThat(check("free", "sixth").verdict()).isEqualTo(Verdict.RATE_LIMITED);
    }

    @Test
    void shouldRefuseOnceTheQuotaOfTheDayIsUsedAndSayWhenTheNextDayBegins() {
        ZoneId zone = ZoneId.of("Asia/Ho_Chi_Minh");
        register("saigon", Tier.FREE, zone);
        String quota = RedisKeys.admission(
                "saigon", "quota:" + billing.clock().instant().atZone(zone).toLocalDate());
        redis.ask(commands -> commands.set(quota, "99"));

        Decision last = check("saigon", "job-100");
        entitlements.counters().release("saigon", "job-100", Instant.now());
        Decision refused = check("saigon", "job-101");

        assertThat(last.verdict()).isEqualTo(Verdict.ADMITTED);
        assertThat(refused.verdict()).isEqualTo(Verdict.QUOTA_EXHAUSTED);
        JsonNode answer = json(refused);
        assertThat(answer.at("/quota/zone").asText()).isEqualTo("Asia/Ho_Chi_Minh");
        assertThat(answer.at("/quota/remaining").asInt()).isZero();
        assertThat(Instant.parse(answer.at("/quota/resetsAt").asText())
                        .atZone(zone)
                        .getHour())
                .isZero();
        assertThat(answer.path("retryAfterMs").asLong()).isPositive();
        assertThat(answer.at("/upgrade/tier").asText()).isEqualTo("pro");
        assertThat(answer.at("/upgrade/limits/dailyQuota").asInt()).isEqualTo(500);
    }

    @Test
    void shouldCountAJobOnceHoweverOftenItAsks() {
        Decision first = check("free", "job");
        Decision second = check("free", "job");

        assertThat(second.verdict()).isEqualTo(Verdict.ALREADY_ADMITTED);
        assertThat(second.reservation().orElseThrow().admittedToday()).isEqualTo(1);
        assertThat(second.reservation().orElseThrow().leaseUntil())
                .isEqualTo(first.reservation().orElseThrow().leaseUntil());
    }

    @Test
    void shouldFreeThePlaceOfAJobWhoseLastEventWasLost() {
        entitlements.close();
        entitlements = entitlements(Duration.ofMillis(300));
        assertThat(check("free", "lost").verdict()).isEqualTo(Verdict.ADMITTED);

        // The plan allows five requests a minute, so only few checks are made while waiting.
        await().atMost(LONG)
                .pollInterval(Duration.ofMillis(200))
                .until(() -> redis.ask(commands -> !commands.exists(RedisKeys.admission("free", "jobs"))));

        assertThat(check("free", "next").verdict()).isEqualTo(Verdict.ADMITTED);
    }

    @Test
    void shouldConfirmExtendAndFreeAPlaceByJobEvents() {
        JobLeases leases = new JobLeases(entitlements.counters());
        Instant reserved =
                check("free", "job").reservation().orElseThrow().leaseUntil().orElseThrow();

        leases.accept(event("free", "job", "started"), Instant.now());
        Instant extended =
                check("free", "job").reservation().orElseThrow().leaseUntil().orElseThrow();
        // An event that is older than what is known shortens nothing.
        leases.accept(event("free", "job", "queued"), Instant.now().minusSeconds(600));
        Decision held = check("free", "job");
        leases.accept(event("free", "job", "succeeded"), Instant.now());

        assertThat(extended).isAfter(reserved);
        assertThat(held.reservation().orElseThrow().leaseUntil()).contains(extended);
        assertThat(held.reservation().orElseThrow().lastJobEvent()).isPresent();
        assertThat(check("free", "next").verdict()).isEqualTo(Verdict.ADMITTED);
    }

    @Test
    void shouldCountAJobThatRunsWithoutHavingAskedButNotOneThatOnlyWaits() {
        JobLeases leases = new JobLeases(entitlements.counters());

        leases.accept(event("free", "waiting", "queued"), Instant.now());
        assertThat(check("free", "first").verdict()).isEqualTo(Verdict.ADMITTED);
        leases.accept(event("free", "first", "failed"), Instant.now());
        leases.accept(event("free", "uninvited", "started"), Instant.now());

        assertThat(check("free", "second").verdict()).isEqualTo(Verdict.TOO_MANY_JOBS);
        // So old that its lease is over: a consumer that was behind takes no place.
        leases.accept(event("pro", "old", "started"), Instant.now().minus(Duration.ofHours(2)));
        assertThat(check("pro", "job").reservation().orElseThrow().inFlight()).isEqualTo(1);
    }

    @Test
    void shouldLetPayingTiersInAndKeepFreeOutWhileRedisIsDown() throws IOException {
        redis.stop();
        try {
            assertThat(check("vip", "job").verdict()).isEqualTo(Verdict.UNCOUNTED_ALLOWED);
            assertThat(check("premium", "job").verdict()).isEqualTo(Verdict.UNCOUNTED_ALLOWED);
            assertThat(check("pro", "job").verdict()).isEqualTo(Verdict.UNCOUNTED_ALLOWED);
            Decision free = check("free", "job");
            assertThat(free.verdict()).isEqualTo(Verdict.UNCOUNTED_DENIED);
            assertThat(json(free).at("/staleness/counters").asText()).isEqualTo("not reachable");
            assertThat(json(free).path("message").asText()).contains("busy");
        } finally {
            redis.run();
        }

        // And counts again by itself.
        await().atMost(LONG)
                .pollInterval(Duration.ofSeconds(1))
                .until(() -> check("vip", "job").verdict() == Verdict.ADMITTED);
    }

    @Test
    void shouldKeepTheKeysOfAnAccountTogether() {
        check("pro", "job");

        Set<String> keys = redis.ask(commands -> commands.keys("*"));
        List<String> keptForEver = redis.ask(
                commands -> keys.stream().filter(key -> commands.pttl(key) < 0).toList());
        assertThat(keys).isNotEmpty().allMatch(key -> key.startsWith("ch:{pro}:admission:"));
        assertThat(keptForEver).isEmpty();
    }

    @Test
    void shouldAdmitByTheCountersOfAClusterOfSeveralMasters(@TempDir Path folder) throws IOException {
        try (TestRedisCluster cluster = TestRedisCluster.start(folder);
                Entitlements clustered = entitlements(cluster.url(), Duration.ofMinutes(5))) {
            for (Tier tier : Tier.values()) {
                assertThat(clustered.check(tier.label(), "job").verdict()).isEqualTo(Verdict.ADMITTED);
            }
            assertThat(clustered.check("free", "another").verdict()).isEqualTo(Verdict.TOO_MANY_JOBS);
        }
    }

    @Test
    void shouldNotAdmitAnAccountThatNobodyRegistered() {
        assertThatThrownBy(() -> check("nobody", "job"))
                .isInstanceOf(BillingException.class)
                .hasMessageContaining("nobody");
    }

    private long admittedOf(String account, int checks) {
        long admitted = 0;
        for (int n = 0; n < checks; n++) {
            admitted += check(account, "job-" + n).verdict().allowed() ? 1 : 0;
        }
        return admitted;
    }

    private Decision check(String account, String job) {
        return entitlements.check(account, job);
    }

    private Entitlements entitlements(Duration reservation) {
        return entitlements(redis.url(), reservation);
    }

    private Entitlements entitlements(URI counters, Duration reservation) {
        return new Entitlements(
                billing,
                new EntitlementConfig(
                        new RedisAddress(counters),
                        Duration.ofSeconds(5),
                        reservation,
                        Duration.ofHours(1),
                        Duration.ofSeconds(10)));
    }

    private void register(String account, Tier tier, ZoneId zone) {
        billing.accounts().register(new Registration(account, account, tier, LONG_AGO, zone), "tester");
    }

    private static JsonNode json(Decision decision) {
        return Json.mapper().valueToTree(decision.toJson());
    }

    private static JobEvent event(String account, String job, String state) {
        return JobEvent.newBuilder()
                .setId(job + state)
                .setSource("test")
                .setAccount(account)
                .setOccurredAtMs(0)
                .setState(state)
                .setJobId(job)
                .setWorkflowId("w")
                .build();
    }
}
