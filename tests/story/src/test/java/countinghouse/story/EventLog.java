package countinghouse.story;

import static java.nio.charset.StandardCharsets.UTF_8;

import countinghouse.schemas.EventType;
import countinghouse.schemas.Partitioning;
import countinghouse.schemas.Topics;
import countinghouse.schemas.event.AdEvent;
import countinghouse.schemas.event.JobEvent;
import countinghouse.schemas.event.TicketEvent;
import countinghouse.schemas.registry.EventEncoder;
import countinghouse.schemas.registry.SchemaRegistry;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.apache.avro.specific.SpecificRecordBase;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;

/** The topics as a broker would hold them, except that the story says when each record was appended. */
final class EventLog {
    static final int PARTITIONS = 2;
    private static final byte[] NO_BYTES = new byte[0];

    private final Map<EventType, EventEncoder> encoders = new EnumMap<>(EventType.class);
    private final List<Arrival> waiting = new ArrayList<>();
    private final Map<String, Long> nextOffsets = new TreeMap<>();
    private int ids;

    EventLog(SchemaRegistry registry) {
        for (EventType type : EventType.values()) {
            encoders.put(type, new EventEncoder(registry, type));
        }
    }

    /** Jobs that succeeded, each after a number of milliseconds. */
    void jobs(String account, int count, String occurredAt, String appendedAt, long durationMs) {
        for (int job = 0; job < count; job++) {
            job(account, "job-" + ids++, occurredAt, appendedAt, durationMs);
        }
    }

    /** One job with a given id, for what arrives twice. */
    void job(String account, String id, String occurredAt, String appendedAt, long durationMs) {
        append(
                EventType.JOB,
                account,
                appendedAt,
                JobEvent.newBuilder()
                        .setId(id)
                        .setSource("story")
                        .setAccount(account)
                        .setOccurredAtMs(Instant.parse(occurredAt).toEpochMilli())
                        .setState("succeeded")
                        .setJobId(id)
                        .setWorkflowId("nightly")
                        .setDurationMs(durationMs)
                        .build());
    }

    /** Tickets that were paid. */
    void tickets(String account, int count, String occurredAt, String appendedAt) {
        for (int ticket = 0; ticket < count; ticket++) {
            String id = "ticket-" + ids++;
            append(
                    EventType.TICKET,
                    account,
                    appendedAt,
                    TicketEvent.newBuilder()
                            .setId(id)
                            .setSource("story")
                            .setAccount(account)
                            .setOccurredAtMs(Instant.parse(occurredAt).toEpochMilli())
                            .setState("paid")
                            .setTicketId(id)
                            .setOfferingId("show")
                            .setPrice(new BigDecimal("20.000000000"))
                            .build());
        }
    }

    /** Ads of an advertiser within the videos of a creator. */
    void ads(String advertiser, String creator, int count, String revenue, String occurredAt, String appendedAt) {
        for (int ad = 0; ad < count; ad++) {
            append(
                    EventType.AD,
                    advertiser,
                    appendedAt,
                    AdEvent.newBuilder()
                            .setId("ad-" + ids++)
                            .setSource("story")
                            .setAccount(advertiser)
                            .setOccurredAtMs(Instant.parse(occurredAt).toEpochMilli())
                            .setAdId("spot")
                            .setVideoId("video")
                            .setPayee(creator)
                            .setRevenue(new BigDecimal(revenue).setScale(9))
                            .build());
        }
    }

    private void append(EventType type, String account, String appendedAt, SpecificRecordBase event) {
        waiting.add(new Arrival(
                type,
                Partitioning.partitionOf(account, PARTITIONS),
                Instant.parse(appendedAt).toEpochMilli(),
                account.getBytes(UTF_8),
                encoders.get(type).encode(event)));
    }

    /** Everything that was appended before a bucket's end, and the ticks that seal it. */
    Map<EventType, Map<Integer, List<ConsumerRecord<byte[], byte[]>>>> takeSealed(Instant closedThrough) {
        long endMs = closedThrough.toEpochMilli();
        Map<EventType, Map<Integer, List<ConsumerRecord<byte[], byte[]>>>> taken = new EnumMap<>(EventType.class);
        waiting.sort(Comparator.comparingLong(Arrival::appendedAtMs));
        for (Arrival arrival : waiting) {
            if (arrival.appendedAtMs() >= endMs) {
                throw new IllegalStateException("An event of the next chapter is waiting already");
            }
            add(taken, arrival, new RecordHeaders());
        }
        waiting.clear();
        for (EventType type : EventType.values()) {
            for (int partition = 0; partition < PARTITIONS; partition++) {
                RecordHeaders tick = new RecordHeaders();
                tick.add(Topics.TICK_HEADER, Long.toString(endMs).getBytes(UTF_8));
                add(taken, new Arrival(type, partition, endMs, null, NO_BYTES), tick);
            }
        }
        return taken;
    }

    private void add(
            Map<EventType, Map<Integer, List<ConsumerRecord<byte[], byte[]>>>> taken,
            Arrival arrival,
            RecordHeaders headers) {
        long offset = nextOffsets.merge(arrival.type() + "-" + arrival.partition(), 1L, Long::sum) - 1;
        taken.computeIfAbsent(arrival.type(), type -> new TreeMap<>())
                .computeIfAbsent(arrival.partition(), partition -> new ArrayList<>())
                .add(new ConsumerRecord<>(
                        arrival.type().topic(),
                        arrival.partition(),
                        offset,
                        arrival.appendedAtMs(),
                        TimestampType.LOG_APPEND_TIME,
                        arrival.key() == null ? 0 : arrival.key().length,
                        arrival.value().length,
                        arrival.key(),
                        arrival.value(),
                        headers,
                        Optional.empty()));
    }

    private record Arrival(EventType type, int partition, long appendedAtMs, byte[] key, byte[] value) {}
}
