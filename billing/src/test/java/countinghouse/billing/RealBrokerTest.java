package countinghouse.billing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.core.JsonProcessingException;
import countinghouse.billing.account.Registration;
import countinghouse.billing.alert.AlertConfig;
import countinghouse.billing.alert.AlertService;
import countinghouse.billing.alert.RetryPolicy;
import countinghouse.billing.books.Books;
import countinghouse.billing.books.Books.Count;
import countinghouse.billing.books.BooksExtension;
import countinghouse.billing.entitlement.EntitlementConfig;
import countinghouse.billing.entitlement.Entitlements;
import countinghouse.billing.entitlement.JobEventConfig;
import countinghouse.billing.entitlement.JobEvents;
import countinghouse.billing.forecast.UsageForecasts;
import countinghouse.billing.plan.Tier;
import countinghouse.kit.config.Settings;
import countinghouse.kit.http.Json;
import countinghouse.schemas.EventType;
import countinghouse.schemas.Topics;
import countinghouse.schemas.event.JobEvent;
import countinghouse.schemas.registry.EventEncoder;
import countinghouse.schemas.registry.HttpSchemaRegistry;
import countinghouse.testing.broker.TestBroker;
import countinghouse.testing.redis.TestRedis;
import countinghouse.testing.registry.TestRegistry;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** What billing reads from Kafka and writes to it, on a real broker. */
@ExtendWith(BooksExtension.class)
class RealBrokerTest {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final Instant LONG_AGO = Instant.parse("2025-01-01T00:00:00Z");

    @TempDir
    static Path directory;

    private static TestBroker broker;
    private static TestRegistry registry;
    private static TestRedis redis;

    private Books books;
    private Billing billing;
    private Settings settings;

    @BeforeAll
    static void start() throws Exception {
        broker = TestBroker.start(directory.resolve("broker"));
        registry = TestRegistry.start();
        redis = TestRedis.start();
    }

    @AfterAll
    static void stop() throws Exception {
        redis.close();
        registry.close();
        broker.close();
    }

    @BeforeEach
    void open(Books given) {
        books = given;
        Map<String, String> all = new HashMap<>(books.settingsMap());
        all.put("kafka.bootstrap-servers", broker.bootstrapServers());
        all.put("registry.url", registry.url());
        all.put("redis.url", redis.url().toString());
        all.put("alerts.thresholds", "80,100");
        settings = Settings.of(all);
        billing = Billing.open(settings, Optional.empty(), Clock.systemUTC());
    }

    @AfterEach
    void close() {
        billing.close();
    }

    @Test
    void shouldFreeAPlaceWhenTheTopicSaysThatItsJobEndedAndGoOnWhereItStoppedAfterARestart() throws Exception {
        register("worker", Tier.PRO);
        oneJobAtATime("worker");
        try (Entitlements entitlements = new Entitlements(billing, EntitlementConfig.from(settings))) {
            assertThat(isAdmitted(entitlements, "first")).isTrue();
            assertThat(isAdmitted(entitlements, "second")).isFalse();
            try (JobEvents following = JobEvents.follow(JobEventConfig.from(settings), entitlements)) {
                assertThat(following).isNotNull();
                // Neither what is no event nor a tick stops it.
                send("worker", new byte[] {9, 9, 9}, false);
                send("worker", new byte[0], true);
                send("worker", event("worker", "first", "succeeded"), false);

                await().atMost(PATIENCE).until(() -> isAdmitted(entitlements, "second"));
            }
            // Ended while nobody was following.
            send("worker", event("worker", "second", "failed"), false);
            assertThat(isAdmitted(entitlements, "third")).isFalse();
            try (JobEvents following = JobEvents.follow(JobEventConfig.from(settings), entitlements)) {
                assertThat(following).isNotNull();
                await().atMost(PATIENCE).until(() -> isAdmitted(entitlements, "third"));
            }
        }
    }

    @Test
    void shouldWriteAlertsToTheirTopicOnceTheBrokerIsThereAgain() {
        register("free-2", Tier.FREE);
        books.publish(
                1,
                Instant.now(),
                List.of(Count.of("jobs_completed", "free-2", startOfMonth().toString(), 85, "85")));
        try (UsageForecasts usage = new UsageForecasts(billing, Optional.empty());
                AlertService service = new AlertService(billing, usage, alerts())) {
            broker.stop();
            assertThat(service.look()).isEqualTo(1);
            assertThat(service.deliver()).isZero();

            broker.run();
            await().atMost(PATIENCE).until(() -> service.deliver() == 1);
        }

        List<ConsumerRecord<String, String>> written = alertsOf("free-2");
        assertThat(written).isNotEmpty();
        assertThat(written).allSatisfy(record -> assertThat(record.value())
                .contains("\"account\":\"free-2\"")
                .contains("80"));
    }

    private AlertConfig alerts() {
        return new AlertConfig(
                List.of(80, 100),
                Duration.ofMinutes(1),
                Optional.of(broker.bootstrapServers()),
                Optional.empty(),
                "",
                new RetryPolicy(100, Duration.ofSeconds(2), Duration.ofSeconds(2)));
    }

    private static boolean isAdmitted(Entitlements entitlements, String job) {
        return entitlements.check("worker", job).verdict().allowed();
    }

    private void oneJobAtATime(String account) throws JsonProcessingException {
        billing.overrides().agree(account, LONG_AGO, Json.mapper().readTree("""
                                {"limits": {"requests_per_minute": 100000, "daily_quota": "unlimited", "concurrent_jobs": 1}}
                                """), "asked often by a test", "tester");
    }

    private void register(String account, Tier tier) {
        billing.accounts().register(new Registration(account, account, tier, LONG_AGO, ZoneOffset.UTC), "tester");
    }

    private static Instant startOfMonth() {
        return Instant.now()
                .atZone(ZoneOffset.UTC)
                .withDayOfMonth(1)
                .toLocalDate()
                .atStartOfDay(ZoneOffset.UTC)
                .toInstant();
    }

    private static byte[] event(String account, String job, String state) {
        return new EventEncoder(new HttpSchemaRegistry(registry.url()), EventType.JOB)
                .encode(JobEvent.newBuilder()
                        .setId(job + "-" + state)
                        .setSource("test")
                        .setAccount(account)
                        .setOccurredAtMs(System.currentTimeMillis())
                        .setState(state)
                        .setJobId(job)
                        .setWorkflowId("nightly")
                        .build());
    }

    private static void send(String account, byte[] value, boolean tick)
            throws ExecutionException, InterruptedException {
        try (KafkaProducer<String, byte[]> producer = new KafkaProducer<>(
                Map.of("bootstrap.servers", broker.bootstrapServers()),
                new StringSerializer(),
                new ByteArraySerializer())) {
            ProducerRecord<String, byte[]> record = new ProducerRecord<>(EventType.JOB.topic(), 0, account, value);
            if (tick) {
                record.headers().add(Topics.TICK_HEADER, "0".getBytes(StandardCharsets.UTF_8));
            }
            producer.send(record).get();
        }
    }

    private static List<ConsumerRecord<String, String>> alertsOf(String account) {
        List<ConsumerRecord<String, String>> found = new ArrayList<>();
        try (KafkaConsumer<String, String> consumer = new KafkaConsumer<>(
                Map.of(
                        "bootstrap.servers", broker.bootstrapServers(),
                        "group.id", "test",
                        "auto.offset.reset", "earliest"),
                new StringDeserializer(),
                new StringDeserializer())) {
            consumer.subscribe(List.of(Topics.BILLING_ALERTS));
            await().atMost(PATIENCE).until(() -> {
                consumer.poll(Duration.ofMillis(200)).forEach(found::add);
                return found.stream().anyMatch(record -> record.key().equals(account));
            });
        }
        return found.stream().filter(record -> record.key().equals(account)).toList();
    }
}
