package countinghouse.bench.speed.peer;

import countinghouse.schemas.EventType;
import countinghouse.schemas.event.TicketEvent;
import countinghouse.schemas.registry.EventDecoder;
import countinghouse.schemas.registry.HttpSchemaRegistry;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** The preloaded topic, read by a plain consumer without a group. */
final class TicketLog implements AutoCloseable {
    private static final Duration POLL_TIMEOUT = Duration.ofMillis(100);
    private static final int MAX_RECORDS_PER_POLL = 5_000;
    private static final int MAX_PARTITION_FETCH_BYTES = 4 << 20;

    private final KafkaConsumer<byte[], byte[]> consumer;
    private final EventDecoder decoder;
    private final long[] ends;

    TicketLog(PeerOptions options) {
        consumer = new KafkaConsumer<>(
                Map.of(
                        ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG,
                        options.bootstrapServers(),
                        ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG,
                        false,
                        ConsumerConfig.MAX_POLL_RECORDS_CONFIG,
                        MAX_RECORDS_PER_POLL,
                        ConsumerConfig.MAX_PARTITION_FETCH_BYTES_CONFIG,
                        MAX_PARTITION_FETCH_BYTES),
                new ByteArrayDeserializer(),
                new ByteArrayDeserializer());
        decoder = new EventDecoder(new HttpSchemaRegistry(options.registry()), EventType.TICKET);
        ends = options.ends();
        List<TopicPartition> partitions = IntStream.range(0, ends.length)
                .mapToObj(partition -> new TopicPartition(EventType.TICKET.topic(), partition))
                .toList();
        consumer.assign(partitions);
        consumer.seekToBeginning(partitions);
    }

    /** Hands on the tickets of the next records; returns how many records those were. */
    int poll(Consumer<TicketEvent> sink) {
        int records = 0;
        for (ConsumerRecord<byte[], byte[]> record : consumer.poll(POLL_TIMEOUT)) {
            if (record.offset() < ends[record.partition()]) {
                sink.accept((TicketEvent) decoder.decode(record.value()));
                records++;
            }
        }
        return records;
    }

    @Override
    public void close() {
        consumer.close();
    }
}
