package countinghouse.batch.testing;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import countinghouse.schemas.EventType;
import countinghouse.schemas.Partitioning;
import countinghouse.schemas.event.AdEvent;
import countinghouse.schemas.event.CustomEvent;
import countinghouse.schemas.event.JobEvent;
import countinghouse.schemas.event.TicketEvent;
import countinghouse.schemas.event.ViewEvent;
import countinghouse.schemas.registry.ConfluentFraming;
import countinghouse.schemas.registry.EventEncoder;
import countinghouse.testing.broker.TestBrokerProcess;
import countinghouse.testing.registry.FixedSchemas;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Future;
import org.apache.avro.specific.SpecificRecordBase;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** Sends events of every type, each id a second time, and beside them late, future and undecodable ones. */
public final class EventFeed implements AutoCloseable {
    /**
     * Accounts that the events take turns with. Each has one video and one viewer, whose first view comes first in any order of the
     * partitions.
     */
    public static final int ACCOUNTS = 5;

    public static final String ACCOUNT = "account-1";
    public static final String PAYEE = "creator-1";
    private static final BigDecimal REVENUE = new BigDecimal("0.012500000");

    /** 2,000,000,000 as Avro writes it. */
    private static final byte[] LENGTH = {(byte) 0x80, (byte) 0xd0, (byte) 0xac, (byte) 0xf3, 0x0e};

    private final KafkaProducer<byte[], byte[]> producer;

    private final List<Future<RecordMetadata>> sent = new ArrayList<>();

    public EventFeed(String bootstrapServers) {
        producer = new KafkaProducer<>(
                Map.of("bootstrap.servers", bootstrapServers, "acks", "all"),
                new ByteArraySerializer(),
                new ByteArraySerializer());
    }

    /** Sends {@code count} events of each type with ids from {@code first} on, all of them twice. */
    public void send(int first, int count) {
        for (int copy = 0; copy < 2; copy++) {
            for (int i = first; i < first + count; i++) {
                long now = System.currentTimeMillis();
                String account = "account-" + i % ACCOUNTS;
                send(EventType.VIEW, account, view("view-" + i, account, now, 60));
                send(EventType.AD, account, ad("ad-" + i, account, now));
                send(EventType.TICKET, account, ticket("ticket-" + i, account, now));
                send(EventType.JOB, account, job("job-" + i, account, now));
                send(EventType.CUSTOM, account, custom("custom-" + i, account, now));
            }
        }
        await();
    }

    /** Sends two views of the same video by a person, of whose session and way there it tells. */
    public void sendViewsBy(String person) {
        for (int i = 0; i < 2; i++) {
            ViewEvent view = view("seen-" + i, ACCOUNT, System.currentTimeMillis(), 60);
            view.setUserId(person);
            view.setSessionId("session-of-" + person);
            view.setReferrer("https://example.com/" + person);
            send(EventType.VIEW, ACCOUNT, view);
        }
        await();
    }

    /** Sends one view that is ahead of its time, hence invalid, and one record that is no event. */
    public void sendRubbish() {
        long tooFarAhead = System.currentTimeMillis() + 3_600_000;
        send(EventType.VIEW, ACCOUNT, view("future", ACCOUNT, tooFarAhead, 60));
        sent.add(producer.send(record(EventType.VIEW, ACCOUNT, textOfTwoGigabytes())));
        await();
    }

    private void await() {
        sent.forEach(record -> assertThat(record).succeedsWithin(Duration.ofSeconds(30)));
        sent.clear();
    }

    private void send(EventType type, String account, SpecificRecordBase event) {
        sent.add(producer.send(record(type, account, new EventEncoder(new FixedSchemas(), type).encode(event))));
    }

    private static ProducerRecord<byte[], byte[]> record(EventType type, String account, byte[] value) {
        int partition = Partitioning.partitionOf(account, TestBrokerProcess.PARTITIONS);
        return new ProducerRecord<>(type.topic(), partition, account.getBytes(UTF_8), value);
    }

    private static ViewEvent view(String id, String account, long occurredAtMs, int seconds) {
        return ViewEvent.newBuilder()
                .setId(id)
                .setSource("feed")
                .setAccount(account)
                .setOccurredAtMs(occurredAtMs)
                .setVideoId("video-1")
                .setUserId("viewer-of-" + account)
                .setViewDuration(seconds)
                .build();
    }

    private static AdEvent ad(String id, String account, long occurredAtMs) {
        return AdEvent.newBuilder()
                .setId(id)
                .setSource("feed")
                .setAccount(account)
                .setOccurredAtMs(occurredAtMs)
                .setAdId("ad")
                .setVideoId("video-1")
                .setPayee(PAYEE)
                .setRevenue(REVENUE)
                .build();
    }

    private static TicketEvent ticket(String id, String account, long occurredAtMs) {
        return TicketEvent.newBuilder()
                .setId(id)
                .setSource("feed")
                .setAccount(account)
                .setOccurredAtMs(occurredAtMs)
                .setState("paid")
                .setTicketId(id)
                .setOfferingId("show")
                .setPrice(new BigDecimal("12.500000000"))
                .build();
    }

    private static JobEvent job(String id, String account, long occurredAtMs) {
        return JobEvent.newBuilder()
                .setId(id)
                .setSource("feed")
                .setAccount(account)
                .setOccurredAtMs(occurredAtMs)
                .setState("submitted")
                .setJobId(id)
                .setWorkflowId("workflow")
                .build();
    }

    private static CustomEvent custom(String id, String account, long occurredAtMs) {
        return CustomEvent.newBuilder()
                .setId(id)
                .setSource("feed")
                .setAccount(account)
                .setOccurredAtMs(occurredAtMs)
                .setType("unknown.thing")
                .setData(Map.of("colour", "green"))
                .build();
    }

    /** It ends where its first text begins, of which it claims 2,000,000,000 bytes: more than any process has room for. */
    private static byte[] textOfTwoGigabytes() {
        byte[] framed = new EventEncoder(new FixedSchemas(), EventType.VIEW).encode(view("huge", ACCOUNT, 0, 0));
        return ByteBuffer.allocate(ConfluentFraming.HEADER_BYTES + LENGTH.length)
                .put(framed, 0, ConfluentFraming.HEADER_BYTES)
                .put(LENGTH)
                .array();
    }

    @Override
    public void close() {
        producer.close();
    }
}
