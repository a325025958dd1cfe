package countinghouse.fault.oracle;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.math.BigInteger;
import java.time.Duration;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** Counts the records of one partition in the order of their offsets, holding every identity it ever saw. */
final class PartitionOracle {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final RawDecoder decoder;
    private final long widthMs;
    private final long horizonMs;
    private final Map<RowName, ExpectedRow> rows;
    private final Map<EventKey, Long> lastBucket = new HashMap<>();
    private final Map<Fate, Long> fates = new EnumMap<>(Fate.class);
    private long runningMaximumMs = Long.MIN_VALUE;

    PartitionOracle(RawDecoder decoder, Duration width, Duration horizon, Map<RowName, ExpectedRow> rows) {
        this.decoder = decoder;
        this.widthMs = width.toMillis();
        this.horizonMs = horizon.toMillis();
        this.rows = rows;
    }

    void count(ConsumerRecord<byte[], byte[]> record) {
        fates.merge(fate(record), 1L, Long::sum);
    }

    Map<Fate, Long> fates() {
        return fates;
    }

    static boolean isTick(ConsumerRecord<byte[], byte[]> record) {
        return record.key() == null && record.headers().lastHeader("ch-tick") != null;
    }

    private Fate fate(ConsumerRecord<byte[], byte[]> record) {
        runningMaximumMs = Math.max(runningMaximumMs, record.timestamp());
        long bucketMs = Math.floorDiv(runningMaximumMs, widthMs) * widthMs;
        if (isTick(record)) {
            return Fate.TICK;
        }
        Optional<RawEvent> decoded = decoder.decode(record.topic(), record.value());
        if (decoded.isEmpty()) {
            return Fate.UNDECODABLE;
        }
        RawEvent event = decoded.get();
        EventKey key = EventKey.of(event);
        Long before = lastBucket.put(key, bucketMs);
        if (before != null && before >= bucketMs - horizonMs) {
            return Fate.DUPLICATE;
        }
        if (!Validity.isEvent(event, record.timestamp())) {
            return Fate.INVALID;
        }
        return contribute(record, event, key, bucketMs) ? Fate.COUNTED : Fate.UNMETERED;
    }

    private boolean contribute(ConsumerRecord<byte[], byte[]> record, RawEvent event, EventKey key, long bucketMs) {
        List<Contribution> contributions = Catalogue.contributions(event);
        String partition = record.topic() + "-" + record.partition();
        for (Contribution contribution : contributions) {
            long cellWidthMs = contribution.cell().toMillis();
            long cellMs = Math.floorDiv(event.occurredAtMs(), cellWidthMs) * cellWidthMs;
            RowName row =
                    new RowName(contribution.meter(), event.account(), json(contribution), cellMs, bucketMs, partition);
            BigInteger hash =
                    PositionHash.of(record.topic(), record.partition(), record.offset(), key, contribution.bytes());
            rows.computeIfAbsent(row, ignored -> new ExpectedRow()).add(contribution, hash);
        }
        return !contributions.isEmpty();
    }

    private static String json(Contribution contribution) {
        try {
            return JSON.writeValueAsString(contribution.dimensions());
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("A map of texts is always JSON", e);
        }
    }
}
