package countinghouse.speed.transactions;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import countinghouse.schemas.Topics;
import countinghouse.testing.broker.TestBroker;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.ConsumerGroupMetadata;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.storage.internals.log.ProducerStateEntry;
import org.apache.kafka.storage.internals.log.ProducerStateManager;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A group's coordinator that keeps offsets back for a transaction that is over: seen after the kill of a broker. Here the broker is made to forget
 * that the transaction is open, in its transaction log and in what it remembers of the offsets' producers, while the log that the group's
 * coordinator reads at its start still lacks the end of it.
 */
class StrandedOffsetsTest {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final String GROUP = Topics.speedApplication(1);
    private static final TopicPartition VIEWS = new TopicPartition("events.view", 0);

    @TempDir
    Path directory;

    private final SimpleMeterRegistry metrics = new SimpleMeterRegistry();

    @Test
    void shouldLetGoTheOffsetsThatWaitForATransactionThatIsOver() throws Exception {
        try (TestBroker broker = TestBroker.start(directory.resolve("kafka"));
                Admin admin = broker.admin()) {
            strandOffsets(broker, GROUP + "-" + UUID.randomUUID() + "-1");
            BrokerTransactions transactions = new BrokerTransactions(admin);
            TransactionRepair repair =
                    new TransactionRepair(admin, GROUP, Set.of(Topics.USAGE_COUNTS), new TransactionMetrics(metrics));
            await().atMost(PATIENCE).ignoreExceptions().untilAsserted(() -> assertThat(
                            transactions.unsettledOffsets(GROUP))
                    .containsExactly(VIEWS));

            assertThat(repair.look(null)).isTrue();
            assertThat(transactions.unsettledOffsets(GROUP))
                    .as("a single look proves nothing")
                    .containsExactly(VIEWS);
            repair.look(null);

            assertThat(transactions.unsettledOffsets(GROUP)).isEmpty();
            assertThat(metrics.counter("countinghouse.speed.transactions.aborted", "reason", "stranded")
                            .count())
                    .isEqualTo(1);
            assertThat(committed(broker))
                    .as("what the last transaction that committed says")
                    .isEqualTo(7);
            assertThat(repair.look(null)).isFalse();
        }
    }

    @Test
    void shouldLeaveATransactionThatIsStillOpen() throws Exception {
        try (TestBroker broker = TestBroker.start(directory.resolve("kafka"));
                Admin admin = broker.admin();
                KafkaProducer<byte[], byte[]> producer = producer(broker, "someone else")) {
            commit(producer, 7);
            begin(producer, 9);
            TransactionRepair repair =
                    new TransactionRepair(admin, GROUP, Set.of(Topics.USAGE_COUNTS), new TransactionMetrics(metrics));
            for (int look = 0; look < 3; look++) {
                assertThat(repair.look(null)).isFalse();
            }
            producer.commitTransaction();

            assertThat(committed(broker)).isEqualTo(9);
        }
    }

    private static void strandOffsets(TestBroker broker, String transactionalId) throws Exception {
        KafkaProducer<byte[], byte[]> producer = producer(broker, transactionalId);
        commit(producer, 7);
        begin(producer, 9);
        broker.stop();
        producer.close(Duration.ZERO);
        Path logs = Path.of(broker.directory());
        HangingTransactionTest.deleteTransactionLog(logs);
        forgetOpenTransactions(logs);
        broker.run();
    }

    private static KafkaProducer<byte[], byte[]> producer(TestBroker broker, String transactionalId) {
        KafkaProducer<byte[], byte[]> producer = new KafkaProducer<>(
                Map.of("bootstrap.servers", broker.bootstrapServers(), "transactional.id", transactionalId),
                new ByteArraySerializer(),
                new ByteArraySerializer());
        producer.initTransactions();
        return producer;
    }

    private static void commit(KafkaProducer<byte[], byte[]> producer, long offset) {
        begin(producer, offset);
        producer.commitTransaction();
    }

    private static void begin(KafkaProducer<byte[], byte[]> producer, long offset) {
        producer.beginTransaction();
        ConsumerGroupMetadata group = new ConsumerGroupMetadata(GROUP, -1, "", Optional.empty());
        producer.sendOffsetsToTransaction(Map.of(VIEWS, new OffsetAndMetadata(offset)), group);
        producer.flush();
    }

    private static long committed(TestBroker broker) {
        try (KafkaConsumer<byte[], byte[]> consumer = new KafkaConsumer<>(
                Map.of(
                        "bootstrap.servers",
                        broker.bootstrapServers(),
                        "group.id",
                        GROUP,
                        "isolation.level",
                        "read_committed"),
                new ByteArrayDeserializer(),
                new ByteArrayDeserializer())) {
            return consumer.committed(Set.of(VIEWS), PATIENCE).get(VIEWS).offset();
        }
    }

    /** Rewrites what the partitions of the group's offsets remember of their producers, as if no transaction were open. */
    private static void forgetOpenTransactions(Path logs) throws IOException {
        List<Path> snapshots;
        try (Stream<Path> files = Files.walk(logs)) {
            snapshots = files.filter(
                            file -> logs.relativize(file).toString().matches("__consumer_offsets-.*\\.snapshot"))
                    .toList();
        }
        for (Path snapshot : snapshots) {
            Map<Long, ProducerStateEntry> entries = new LinkedHashMap<>();
            for (ProducerStateEntry entry : ProducerStateManager.readSnapshot(snapshot.toFile())) {
                entries.put(
                        entry.producerId(),
                        new ProducerStateEntry(
                                entry.producerId(),
                                entry.producerEpoch(),
                                entry.coordinatorEpoch(),
                                entry.lastTimestamp(),
                                OptionalLong.empty()));
            }
            ProducerStateManager.writeSnapshot(snapshot.toFile(), entries, true);
        }
    }
}
