package countinghouse.publication;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import countinghouse.schemas.EventType;
import countinghouse.schemas.Partitioning;
import countinghouse.schemas.event.TicketEvent;
import countinghouse.schemas.event.ViewEvent;
import countinghouse.schemas.registry.EventEncoder;
import countinghouse.schemas.registry.SchemaRegistry;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.SplittableRandom;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.apache.avro.specific.SpecificRecordBase;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * Views and paid tickets, some of them delivered twice and many of them late: a steady flow to some accounts, and bursts to others, which
 * are still in between.
 */
final class EventStream implements AutoCloseable {
    static final List<String> FLOWING = List.of("flowing-1", "flowing-2", "flowing-3", "flowing-4", "flowing-5");
    static final List<String> STILL = List.of("still-1", "still-2", "still-3");
    static final List<String> METERS =
            List.of("views", "watch_seconds", "billable_views", "tickets_sold", "ticket_revenue");

    private static final String SOURCE = "publication";
    private static final Duration INTERVAL = Duration.ofMillis(40);
    private static final Duration STORED_WITHIN = Duration.ofMinutes(1);
    private static final Duration LATEST = Duration.ofHours(6);
    private static final double DELIVERED_TWICE = 0.1;
    /** Every view is long enough to be paid. */
    private static final int SHORTEST_VIEW_SECONDS = 31;

    private final ExpectedTotals expected;
    private final int partitions;
    private final SplittableRandom random;
    private final EventEncoder views;
    private final EventEncoder tickets;
    private final KafkaProducer<byte[], byte[]> producer;
    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor();
    private final Queue<Future<RecordMetadata>> pending = new ConcurrentLinkedQueue<>();
    private ScheduledFuture<?> flow;
    private long number;

    EventStream(String bootstrapServers, SchemaRegistry registry, int partitions, long seed, ExpectedTotals expected) {
        this.expected = expected;
        this.partitions = partitions;
        this.random = new SplittableRandom(seed);
        this.views = new EventEncoder(registry, EventType.VIEW);
        this.tickets = new EventEncoder(registry, EventType.TICKET);
        this.producer = new KafkaProducer<>(
                Map.of(
                        ProducerConfig.BOOTSTRAP_SERVERS_CONFIG,
                        bootstrapServers,
                        ProducerConfig.ACKS_CONFIG,
                        "all",
                        ProducerConfig.ENABLE_METRICS_PUSH_CONFIG,
                        false),
                new ByteArraySerializer(),
                new ByteArraySerializer());
    }

    /** Twenty-five events a second from now on. */
    synchronized void flow() {
        flow = timer.scheduleAtFixedRate(
                () -> send(FLOWING.get(next(FLOWING.size()))), 0, INTERVAL.toMillis(), TimeUnit.MILLISECONDS);
    }

    synchronized void stopFlowing() {
        flow.cancel(false);
        awaitStored();
    }

    /** Sends events to each of the still accounts. */
    void burst(int events) {
        for (String account : STILL) {
            for (int event = 0; event < events; event++) {
                send(account);
            }
        }
        awaitStored();
    }

    private void awaitStored() {
        for (Future<RecordMetadata> sent = pending.poll(); sent != null; sent = pending.poll()) {
            assertThat(sent).succeedsWithin(STORED_WITHIN);
        }
    }

    private synchronized int next(int bound) {
        return random.nextInt(bound);
    }

    private synchronized void send(String account) {
        long occurredAtMs = System.currentTimeMillis() - random.nextLong(LATEST.toMillis());
        ProducerRecord<byte[], byte[]> record =
                random.nextBoolean() ? view(account, occurredAtMs) : ticket(account, occurredAtMs);
        List<ProducerRecord<byte[], byte[]>> deliveries = new ArrayList<>(List.of(record));
        if (random.nextDouble() < DELIVERED_TWICE) {
            deliveries.add(record);
        }
        deliveries.forEach(delivery -> pending.add(producer.send(delivery)));
    }

    private ProducerRecord<byte[], byte[]> view(String account, long occurredAtMs) {
        ViewEvent view = new ViewEvent();
        envelope(view, account, occurredAtMs);
        int seconds = random.nextInt(SHORTEST_VIEW_SECONDS, 5_000);
        view.setVideoId("video-" + random.nextInt(3));
        view.setUserId("viewer-" + number);
        view.setViewDuration(seconds);
        expected.add("views", account, BigDecimal.ONE);
        expected.add("billable_views", account, BigDecimal.ONE);
        expected.add("watch_seconds", account, BigDecimal.valueOf(seconds));
        return record(EventType.VIEW, account, views.encode(view));
    }

    private ProducerRecord<byte[], byte[]> ticket(String account, long occurredAtMs) {
        TicketEvent ticket = new TicketEvent();
        envelope(ticket, account, occurredAtMs);
        BigDecimal price = BigDecimal.valueOf(random.nextLong(1, 90_000_000), 6);
        ticket.setState("paid");
        ticket.setTicketId("ticket-" + number);
        ticket.setOfferingId("show-" + random.nextInt(3));
        ticket.setPrice(price.setScale(9));
        expected.add("tickets_sold", account, BigDecimal.ONE);
        expected.add("ticket_revenue", account, price);
        return record(EventType.TICKET, account, tickets.encode(ticket));
    }

    private void envelope(SpecificRecordBase event, String account, long occurredAtMs) {
        event.put("id", "event-" + ++number);
        event.put("source", SOURCE);
        event.put("account", account);
        event.put("occurred_at_ms", occurredAtMs);
    }

    private ProducerRecord<byte[], byte[]> record(EventType type, String account, byte[] value) {
        return new ProducerRecord<>(
                type.topic(), Partitioning.partitionOf(account, partitions), account.getBytes(UTF_8), value);
    }

    @Override
    public void close() {
        timer.shutdownNow();
        producer.close();
    }
}
