package countinghouse.bench.freshness;

import static java.nio.charset.StandardCharsets.UTF_8;

import countinghouse.bench.speed.workload.Accounts;
import countinghouse.bench.speed.workload.Deliveries;
import countinghouse.bench.speed.workload.Tickets;
import countinghouse.bench.speed.workload.Workload;
import countinghouse.bench.speed.workload.Workload.Served;
import countinghouse.schemas.EventType;
import countinghouse.schemas.Partitioning;
import countinghouse.schemas.registry.SchemaRegistry;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * Sends events when they are due, whatever the system does: a stall delays no later event's due time, so it shows in the figures of every event
 * that it held up.
 */
final class OpenLoopLoad {
    private static final int LINGER_MS = 5;
    private static final int BATCH_BYTES = 64 * 1024;
    /** Some seconds of events: sending must not wait for the broker. */
    private static final long BUFFER_BYTES = 256L << 20;

    private final Workload workload;
    private final int eventsPerSecond;
    private final List<PartitionArrivals> arrivals;
    private final AtomicReference<Exception> failure = new AtomicReference<>();

    OpenLoopLoad(Workload workload, int eventsPerSecond, List<PartitionArrivals> arrivals) {
        this.workload = workload;
        this.eventsPerSecond = eventsPerSecond;
        this.arrivals = arrivals;
    }

    /** Sends everything from an instant on; returns when the broker has it. */
    void run(String bootstrapServers, SchemaRegistry registry, long startNs) {
        Tickets tickets = new Tickets(workload, registry);
        try (KafkaProducer<byte[], byte[]> producer = producer(bootstrapServers)) {
            Deliveries deliveries = new Deliveries(workload);
            for (long sent = 0; deliveries.hasNext(); sent++) {
                Served served = workload.event(deliveries.next());
                byte[] value = tickets.encode(served);
                long dueNs = startNs + sent * 1_000_000_000 / eventsPerSecond;
                awaitDue(dueNs);
                send(producer, Accounts.name(served.account()), value, dueNs);
            }
        }
        if (failure.get() != null) {
            throw new IllegalStateException("The broker did not accept an event", failure.get());
        }
    }

    @SuppressWarnings("FutureReturnValueIgnored") // the callback sees every outcome, and closing waits for all
    private void send(KafkaProducer<byte[], byte[]> producer, String account, byte[] value, long dueNs) {
        int partition = Partitioning.partitionOf(account, arrivals.size());
        producer.send(
                new ProducerRecord<>(EventType.TICKET.topic(), partition, account.getBytes(UTF_8), value),
                (metadata, exception) -> {
                    if (exception == null) {
                        arrivals.get(partition).accepted(metadata.offset(), dueNs, System.nanoTime());
                    } else {
                        failure.compareAndSet(null, exception);
                    }
                });
    }

    private static void awaitDue(long dueNs) {
        long remaining = dueNs - System.nanoTime();
        while (remaining > 0) {
            LockSupport.parkNanos(remaining);
            remaining = dueNs - System.nanoTime();
        }
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
                        ProducerConfig.BATCH_SIZE_CONFIG,
                        BATCH_BYTES,
                        ProducerConfig.BUFFER_MEMORY_CONFIG,
                        BUFFER_BYTES),
                new ByteArraySerializer(),
                new ByteArraySerializer());
    }
}
