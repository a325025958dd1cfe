package countinghouse.bench.speed.workload;

import static java.nio.charset.StandardCharsets.UTF_8;

import countinghouse.bench.speed.workload.Workload.Served;
import countinghouse.kit.command.CommandFailure;
import countinghouse.kit.command.ExitCode;
import countinghouse.schemas.EventType;
import countinghouse.schemas.Partitioning;
import countinghouse.schemas.registry.SchemaRegistry;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** Writes the workload to its topic before anything is measured. */
public final class Preload {
    private static final int LINGER_MS = 20;
    private static final int BATCH_BYTES = 256 * 1024;
    /** A partition that is still electing its leader refuses a first batch and then, for ever, the second that was in flight behind it. */
    private static final int IN_FLIGHT = 1;

    private Preload() {}

    /** What was written: records, and the bytes of their values. */
    public record Written(long records, long valueBytes) {
        public long bytesPerRecord() {
            return valueBytes / Math.max(1, records);
        }
    }

    /**
     * Writes every delivery in order; returns when the broker has all of them.
     *
     * @throws CommandFailure if the broker did not take one of them
     */
    @SuppressWarnings("FutureReturnValueIgnored") // the callback sees every failure, and closing waits for all
    public static Written write(Workload workload, String bootstrapServers, int partitions, SchemaRegistry registry) {
        Tickets tickets = new Tickets(workload, registry);
        AtomicReference<Exception> failure = new AtomicReference<>();
        long bytes = 0;
        try (KafkaProducer<byte[], byte[]> producer = producer(bootstrapServers)) {
            Deliveries deliveries = new Deliveries(workload);
            while (deliveries.hasNext()) {
                Served served = workload.event(deliveries.next());
                String account = Accounts.name(served.account());
                byte[] value = tickets.encode(served);
                bytes += value.length;
                producer.send(
                        new ProducerRecord<>(
                                EventType.TICKET.topic(),
                                Partitioning.partitionOf(account, partitions),
                                account.getBytes(UTF_8),
                                value),
                        (metadata, exception) -> failure.compareAndSet(null, exception));
            }
        }
        if (failure.get() != null) {
            throw new CommandFailure(
                    ExitCode.TEMPORARY,
                    "The broker did not take the workload (%s); try again".formatted(failure.get()),
                    failure.get());
        }
        return new Written(workload.deliveries(), bytes);
    }

    private static KafkaProducer<byte[], byte[]> producer(String bootstrapServers) {
        return new KafkaProducer<>(
                Map.of(
                        ProducerConfig.BOOTSTRAP_SERVERS_CONFIG,
                        bootstrapServers,
                        ProducerConfig.ACKS_CONFIG,
                        "all",
                        ProducerConfig.COMPRESSION_TYPE_CONFIG,
                        "lz4",
                        ProducerConfig.LINGER_MS_CONFIG,
                        LINGER_MS,
                        ProducerConfig.MAX_IN_FLIGHT_REQUESTS_PER_CONNECTION,
                        IN_FLIGHT,
                        ProducerConfig.BATCH_SIZE_CONFIG,
                        BATCH_BYTES),
                new ByteArraySerializer(),
                new ByteArraySerializer());
    }
}
