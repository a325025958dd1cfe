package countinghouse.speed.transactions;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import countinghouse.kit.config.CountingConfig;
import countinghouse.kit.config.Settings;
import countinghouse.kit.tracing.Tracing;
import countinghouse.metering.schedule.CountingSchedule;
import countinghouse.schemas.Topics;
import countinghouse.speed.epoch.ArchivedEnds;
import countinghouse.speed.process.SpeedApplication;
import countinghouse.speed.process.SpeedConfig;
import countinghouse.speed.testing.CommittedCounts;
import countinghouse.speed.testing.EventFeed;
import countinghouse.speed.topology.MeteredAmounts;
import countinghouse.testing.broker.TestBroker;
import countinghouse.testing.registry.FixedSchemas;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Transactions that nobody will end. A really hanging one is made by taking the coordinator's memory away: the broker stops, its transaction log is
 * deleted, and it starts again with an open transaction in a partition that no coordinator knows of.
 */
class HangingTransactionTest {
    private static final Duration PATIENCE = Duration.ofSeconds(90);
    private static final TopicPartition COUNTS = new TopicPartition(Topics.USAGE_COUNTS, 0);
    private static final String TRANSACTION_LOG = "__transaction_state-";

    @TempDir
    Path directory;

    private final SimpleMeterRegistry metrics = new SimpleMeterRegistry();

    @Test
    void shouldEndAHangingTransactionAtTheStartAndOneThatAppearsWhileRunning() throws Exception {
        try (TestBroker broker = TestBroker.start(directory.resolve("kafka"));
                EventFeed feed = new EventFeed(broker.bootstrapServers());
                CommittedCounts counts = new CommittedCounts(broker.bootstrapServers())) {
            leaveATransactionHanging(broker, "someone else");
            feed.send(100);
            try (SpeedApplication application = start(broker)) {
                assertThat(isCounting()).isFalse();
                await().atMost(PATIENCE).until(counts::coversAllViews);
                assertThat(aborted("hanging")).isEqualTo(1);
                assertThat(application.problem()).isEmpty();
                assertThat(isCounting()).isTrue();

                leaveATransactionHanging(broker, "someone else again");
                feed.send(100);
                await().atMost(PATIENCE).until(counts::coversAllViews);
                assertThat(aborted("hanging")).isEqualTo(2);
                assertThat(counts.views()).isEqualTo(feed.truth());
            }
        }
    }

    @Test
    void shouldEndTheTransactionOfAProcessThatIsGoneAndNotOfOneThatIsHere() throws Exception {
        try (TestBroker broker = TestBroker.start(directory.resolve("kafka"));
                Admin admin = broker.admin();
                KafkaProducer<byte[], byte[]> orphaned =
                        begin(broker, Topics.speedApplication(1) + "-" + UUID.randomUUID() + "-1");
                KafkaProducer<byte[], byte[]> strange = begin(broker, "someone else")) {
            TransactionRepair repair = new TransactionRepair(
                    admin, Topics.speedApplication(1), Set.of(Topics.USAGE_COUNTS), new TransactionMetrics(metrics));

            assertThat(repair.look(null)).isTrue();
            assertThat(aborted("orphaned")).isZero();
            repair.look(null);

            assertThat(aborted("orphaned")).isEqualTo(1);
            assertThat(aborted("hanging")).isZero();
            await().atMost(PATIENCE)
                    .until(() ->
                            new BrokerTransactions(admin).openIn(Set.of(COUNTS)).size() == 1);
            strange.commitTransaction();
            assertThat(repair.look(null)).isFalse();
        }
    }

    private boolean isCounting() {
        return metrics.get("countinghouse.speed.counting").gauge().value() == 1;
    }

    private double aborted(String reason) {
        return metrics.counter("countinghouse.speed.transactions.aborted", "reason", reason)
                .count();
    }

    private static void leaveATransactionHanging(TestBroker broker, String transactionalId) throws Exception {
        KafkaProducer<byte[], byte[]> producer = begin(broker, transactionalId);
        broker.stop();
        producer.close(Duration.ZERO);
        deleteTransactionLog(Path.of(broker.directory()));
        broker.run();
    }

    /** A producer with an open transaction in the counts topic. */
    private static KafkaProducer<byte[], byte[]> begin(TestBroker broker, String transactionalId) throws Exception {
        KafkaProducer<byte[], byte[]> producer = new KafkaProducer<>(
                Map.of("bootstrap.servers", broker.bootstrapServers(), "transactional.id", transactionalId),
                new ByteArraySerializer(),
                new ByteArraySerializer());
        producer.initTransactions();
        producer.beginTransaction();
        // A key of no kind that readers know.
        producer.send(new ProducerRecord<>(COUNTS.topic(), COUNTS.partition(), new byte[] {'?'}, new byte[0]))
                .get(30, TimeUnit.SECONDS);
        return producer;
    }

    static void deleteTransactionLog(Path logDirectory) throws IOException {
        List<Path> doomed;
        try (Stream<Path> files = Files.walk(logDirectory)) {
            doomed = files.filter(
                            file -> logDirectory.relativize(file).toString().startsWith(TRANSACTION_LOG))
                    .sorted(Comparator.reverseOrder())
                    .toList();
        }
        for (Path file : doomed) {
            Files.delete(file);
        }
    }

    private SpeedApplication start(TestBroker broker) {
        SpeedConfig config = SpeedConfig.from(Settings.of(Map.of(
                "speed.commit-interval-ms", "50",
                "speed.transaction-timeout", "PT5S",
                "speed.state-directory", directory.resolve("streams").toString())));
        return SpeedApplication.start(
                broker.bootstrapServers(),
                config,
                new CountingConfig(Duration.ofSeconds(2), Duration.ofMinutes(10), Duration.ofHours(2)),
                CountingSchedule.standard(),
                new FixedSchemas(),
                ArchivedEnds.none(),
                metrics,
                MeteredAmounts.untold(),
                Tracing.off());
    }
}
