package countinghouse.speed.epoch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import countinghouse.kit.config.ConfigurationException;
import countinghouse.kit.config.CountingConfig;
import countinghouse.kit.config.Settings;
import countinghouse.kit.tracing.Tracing;
import countinghouse.metering.row.RowKey;
import countinghouse.metering.row.RowValue;
import countinghouse.metering.schedule.CountingSchedule;
import countinghouse.schemas.EventType;
import countinghouse.schemas.Topics;
import countinghouse.speed.counts.Progress;
import countinghouse.speed.process.SpeedApplication;
import countinghouse.speed.process.SpeedConfig;
import countinghouse.speed.testing.CommittedCounts;
import countinghouse.speed.testing.EventFeed;
import countinghouse.speed.topology.MeteredAmounts;
import countinghouse.testing.broker.TestBroker;
import countinghouse.testing.registry.FixedSchemas;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.RecordsToDelete;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

/** The epochs of one deployment, in the order they might happen, on a real broker. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class EpochsTest {
    private static final Duration PATIENCE = Duration.ofSeconds(90);
    private static final CountingConfig COUNTING =
            new CountingConfig(Duration.ofSeconds(1), Duration.ofSeconds(2), Duration.ofHours(2));

    @TempDir
    static Path directory;

    private static TestBroker broker;
    private static Admin admin;
    private static EventFeed feed;
    /** What the rows were when the first epoch ended, and how far they reached in the middle of it. */
    private static Map<RowKey, RowValue> firstRows;

    private static ArchivedEnd middle;

    @BeforeAll
    static void startBroker() throws Exception {
        broker = TestBroker.start(directory.resolve("kafka"));
        admin = broker.admin();
        feed = new EventFeed(broker.bootstrapServers());
    }

    @AfterAll
    static void stopBroker() {
        feed.close();
        admin.close();
        broker.close();
    }

    @Test
    @Order(1)
    void shouldBeginTheFirstEpochOnceAndFindItAgain() throws Exception {
        try (SpeedApplication application = start(ArchivedEnds.none());
                CommittedCounts counts = new CommittedCounts(broker.bootstrapServers())) {
            feed.send(300);
            await().atMost(PATIENCE).until(counts::coversAllViews);
            middle = end(counts.progress());
            // Several buckets and more than a horizon pass, so that rows exist that do not need what lies before the
            // middle.
            feed.sendFor(Duration.ofSeconds(6));
            await().atMost(PATIENCE).until(counts::coversAllViews);
            // Some views come again after more than the horizon and rightly count again, so the feed's truth is none
            // here.
            firstRows = Map.copyOf(counts.rows());
            assertThat(application.problem()).isEmpty();
        }
        Epoch epoch = epochs(ArchivedEnds.none()).enter(admin);
        assertThat(epoch.number()).isEqualTo(1);
        assertThat(epochs(ArchivedEnds.none()).enter(admin)).isEqualTo(epoch);
    }

    @Test
    @Order(2)
    void shouldRefuseAnotherBucketWidthNamingBoth() {
        Epochs other = new Epochs(
                broker.bootstrapServers(),
                new CountingConfig(Duration.ofSeconds(2), Duration.ofSeconds(2), Duration.ofHours(2)),
                ArchivedEnds.none());

        assertThatThrownBy(() -> other.enter(admin))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("'counting.bucket-width' is 'PT2S'")
                .hasMessageContaining("counted with 'PT1S'");
    }

    @Test
    @Order(3)
    void shouldRefuseAnotherHorizonNamingBoth() {
        Epochs other = new Epochs(
                broker.bootstrapServers(),
                new CountingConfig(Duration.ofSeconds(1), Duration.ofSeconds(3), Duration.ofHours(2)),
                ArchivedEnds.none());

        assertThatThrownBy(() -> other.enter(admin))
                .hasMessageContaining("'counting.speed-horizon' is 'PT3S'")
                .hasMessageContaining("counted with 'PT2S'");
    }

    @Test
    @Order(4)
    void shouldRefuseTheStateOfANewerVersion() {
        int olderVersion = Epochs.STATE_VERSION - 1;
        Epochs older = new Epochs(broker.bootstrapServers(), COUNTING, ArchivedEnds.none(), olderVersion);

        assertThatThrownBy(() -> older.enter(admin))
                .hasMessageContaining(
                        "is of version %d; this build knows version %d", Epochs.STATE_VERSION, olderVersion);
    }

    @Test
    @Order(5)
    void shouldCountAnewFromTheMiddleOfTheLogWhenTheStateIsLost() throws Exception {
        Map<TopicPartition, RecordsToDelete> gone = new HashMap<>();
        middle.nextOffset().forEach((source, offset) -> {
            if (source.topic().equals(EventType.VIEW.topic())) {
                gone.put(source, RecordsToDelete.beforeOffset(offset));
            }
        });
        admin.deleteRecords(gone).all().get(30, TimeUnit.SECONDS);
        admin.deleteTopics(List.of(Topics.usageCounts(1))).all().get(30, TimeUnit.SECONDS);

        try (SpeedApplication application = start(archived(middle));
                CommittedCounts counts = countsOf(2)) {
            await().atMost(PATIENCE).until(counts::coversAllViews);
            assertThat(application.problem()).isEmpty();

            long firstExactMs = floorMs();
            Map<RowKey, RowValue> expected = new HashMap<>(firstRows);
            expected.keySet().removeIf(key -> key.bucketMs() < firstExactMs);
            Map<RowKey, RowValue> rows = new HashMap<>(counts.rows());
            rows.keySet().removeIf(key -> key.bucketMs() < firstExactMs);
            assertThat(expected).isNotEmpty();
            assertThat(rows).isEqualTo(expected);
        }
    }

    @Test
    @Order(6)
    void shouldBeginAnotherEpochForAnotherVersionOfTheStateAndKeepTheLastOnesRows() throws Exception {
        // As if the leader's clock had stepped back since: what comes next belongs to the bucket of the archive's
        // maximum.
        ArchivedEnd ahead = new ArchivedEnd(middle.nextOffset(), new HashMap<>(middle.runningMaximumMs()));
        ahead.runningMaximumMs().replaceAll((source, maximumMs) -> maximumMs + 3_600_000);
        Epochs newer = new Epochs(broker.bootstrapServers(), COUNTING, archived(ahead), Epochs.STATE_VERSION + 1);

        Epoch epoch = newer.enter(admin);

        assertThat(epoch.number()).isEqualTo(3);
        assertThat(epoch.reason()).contains("version " + Epochs.STATE_VERSION);
        shouldHoldTheArchivesEndsAndMaxima(ahead);
        EpochTopics topics = new EpochTopics(admin);
        assertThat(topics.ids(2)).doesNotContain("missing");
        await().atMost(PATIENCE).untilAsserted(() -> assertThat(topics.ids(1)).containsOnly("missing"));
    }

    private static void shouldHoldTheArchivesEndsAndMaxima(ArchivedEnd end) throws Exception {
        Map<TopicPartition, OffsetAndMetadata> committed = admin.listConsumerGroupOffsets(Topics.speedApplication(3))
                .partitionsToOffsetAndMetadata()
                .get(30, TimeUnit.SECONDS);
        try (CommittedCounts counts = countsOf(3)) {
            for (int number = 0; number < TestBroker.PARTITIONS; number++) {
                TopicPartition views = new TopicPartition(EventType.VIEW.topic(), number);
                Progress expected = new Progress(
                        end.nextOffset().get(views), end.runningMaximumMs().get(views));
                await().atMost(PATIENCE).untilAsserted(() -> {
                    counts.read();
                    assertThat(counts.progress()).containsEntry(views, expected);
                });
                assertThat(committed.get(views).offset()).isEqualTo(expected.nextOffset());
            }
        }
    }

    private static long floorMs() {
        long newestMs = middle.runningMaximumMs().entrySet().stream()
                .filter(entry -> entry.getKey().topic().equals(EventType.VIEW.topic()))
                .mapToLong(Map.Entry::getValue)
                .max()
                .orElseThrow();
        return newestMs - newestMs % 1000 + 1000 + 2000;
    }

    private static CommittedCounts countsOf(long epoch) {
        await().atMost(PATIENCE).until(() -> EpochLog.current(broker.bootstrapServers())
                .filter(current -> current.number() == epoch)
                .isPresent());
        return new CommittedCounts(broker.bootstrapServers(), Topics.usageCounts(epoch));
    }

    /** The archive's end where the counts stand now. */
    private static ArchivedEnd end(Map<TopicPartition, Progress> progress) {
        Map<TopicPartition, Long> offsets = new HashMap<>();
        Map<TopicPartition, Long> maxima = new HashMap<>();
        progress.forEach((source, reached) -> {
            offsets.put(source, reached.nextOffset());
            maxima.put(source, reached.runningMaximumMs());
        });
        return new ArchivedEnd(offsets, maxima);
    }

    private static ArchivedEnds archived(ArchivedEnd end) {
        return new ArchivedEnds() {
            @Override
            public List<ArchivedEnd> newestFirst() {
                return List.of(end);
            }

            @Override
            public OptionalLong oldestNeededBucketMs() {
                return OptionalLong.empty();
            }
        };
    }

    private static Epochs epochs(ArchivedEnds archive) {
        return new Epochs(broker.bootstrapServers(), COUNTING, archive);
    }

    private static SpeedApplication start(ArchivedEnds archive) {
        SpeedConfig config = SpeedConfig.from(Settings.of(Map.of(
                "speed.commit-interval-ms", "50",
                "speed.transaction-timeout", "PT5S",
                "speed.state-directory", directory.resolve("streams").toString())));
        return SpeedApplication.start(
                broker.bootstrapServers(),
                config,
                COUNTING,
                CountingSchedule.standard(),
                new FixedSchemas(),
                archive,
                new SimpleMeterRegistry(),
                MeteredAmounts.untold(),
                Tracing.off());
    }
}
