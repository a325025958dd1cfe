package countinghouse.speed.epoch;

import countinghouse.kit.http.Json;
import countinghouse.schemas.Topics;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** The topic that says which epochs there were; the last one committed is the current one. */
public final class EpochLog {
    private static final TopicPartition PARTITION = new TopicPartition(Topics.SPEED_EPOCHS, 0);
    private static final Duration POLL_TIMEOUT = Duration.ofMillis(200);

    private EpochLog() {}

    /**
     * The current epoch; empty before the first.
     *
     * @throws org.apache.kafka.common.KafkaException if the broker does not answer
     */
    public static Optional<Epoch> current(String bootstrapServers) {
        Map<String, Object> properties = Map.of(
                "bootstrap.servers", bootstrapServers,
                "isolation.level", "read_committed",
                "enable.auto.commit", false,
                "allow.auto.create.topics", false,
                "enable.metrics.push", false);
        try (KafkaConsumer<byte[], byte[]> consumer =
                new KafkaConsumer<>(properties, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
            consumer.assign(List.of(PARTITION));
            consumer.seekToBeginning(List.of(PARTITION));
            long end = consumer.endOffsets(List.of(PARTITION)).get(PARTITION);
            Epoch current = null;
            while (consumer.position(PARTITION) < end) {
                for (ConsumerRecord<byte[], byte[]> record : consumer.poll(POLL_TIMEOUT)) {
                    Epoch epoch = parse(record.value());
                    current = current == null || epoch.number() >= current.number() ? epoch : current;
                }
            }
            return Optional.ofNullable(current);
        }
    }

    static ProducerRecord<byte[], byte[]> entry(Epoch epoch) {
        byte[] key = Long.toString(epoch.number()).getBytes(StandardCharsets.US_ASCII);
        return new ProducerRecord<>(
                PARTITION.topic(), PARTITION.partition(), key, Json.text(epoch).getBytes(StandardCharsets.UTF_8));
    }

    private static Epoch parse(byte[] value) {
        try {
            return Json.mapper().readValue(value, Epoch.class);
        } catch (IOException e) {
            throw new UncheckedIOException(
                    "An entry of the topic '%s' is unreadable; another build may have written it"
                            .formatted(Topics.SPEED_EPOCHS),
                    e);
        }
    }
}
