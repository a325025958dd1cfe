package countinghouse.batch.archive;

import countinghouse.kit.command.CommandFailure;
import countinghouse.kit.command.ExitCode;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetOutOfRangeException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** Reads an explicit range of one partition. No transactional producer writes event topics, so a gap in the offsets is a loss. */
final class LogReader {
    private static final Duration POLL = Duration.ofMillis(500);
    private static final Duration STALL = Duration.ofSeconds(60);

    private LogReader() {}

    /** A consumer that belongs to no group and never jumps to another offset by itself. */
    static KafkaConsumer<byte[], byte[]> consumer(String bootstrapServers) {
        return new KafkaConsumer<>(
                Map.of(
                        ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers,
                        // A consumer can close only when its last fetch, beyond the range's end, has been answered.
                        ConsumerConfig.FETCH_MAX_WAIT_MS_CONFIG, "10",
                        ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "none",
                        ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, "false",
                        ConsumerConfig.MAX_POLL_RECORDS_CONFIG, "5000",
                        ConsumerConfig.MAX_PARTITION_FETCH_BYTES_CONFIG, Integer.toString(8 << 20),
                        ConsumerConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, "30000",
                        ConsumerConfig.ENABLE_METRICS_PUSH_CONFIG, "false"),
                new ByteArrayDeserializer(),
                new ByteArrayDeserializer());
    }

    /** Hands over every record of the range in offset order. */
    static void read(String bootstrapServers, PartitionRange range, Consumer<ConsumerRecord<byte[], byte[]>> sink) {
        TopicPartition source = new TopicPartition(range.type().topic(), range.partition());
        try (KafkaConsumer<byte[], byte[]> consumer = consumer(bootstrapServers)) {
            consumer.assign(List.of(source));
            consumer.seek(source, range.fromOffset());
            long expected = range.fromOffset();
            long lastProgress = System.nanoTime();
            while (expected < range.toOffset()) {
                ConsumerRecords<byte[], byte[]> records = consumer.poll(POLL);
                for (ConsumerRecord<byte[], byte[]> record : records) {
                    if (record.offset() != expected) {
                        throw gap(source, expected, record.offset());
                    }
                    if (expected < range.toOffset()) {
                        sink.accept(record);
                        expected++;
                    }
                    if (expected == range.toOffset()) {
                        return;
                    }
                }
                if (!records.isEmpty()) {
                    lastProgress = System.nanoTime();
                } else if (System.nanoTime() - lastProgress > STALL.toNanos()) {
                    throw new CommandFailure(
                            ExitCode.TEMPORARY,
                            "Kafka gave no record of %s at offset %d for %d s; check the broker, then run the same run id again"
                                    .formatted(source, expected, STALL.toSeconds()));
                }
            }
        } catch (OffsetOutOfRangeException e) {
            throw gap(source, range.fromOffset(), -1);
        }
    }

    private static CommandFailure gap(TopicPartition source, long expected, long found) {
        return new CommandFailure(
                ExitCode.DISAGREED,
                "Records of %s are lost: offset %d is gone%s; nothing was archived. Restore the topic, or record the loss before going on"
                        .formatted(source, expected, found < 0 ? " from the log" : ", the next is " + found));
    }
}
