package countinghouse.speed.topology;

import countinghouse.metering.event.Event;
import countinghouse.metering.identity.DuplicateHorizon;
import countinghouse.metering.row.RowCodec;
import countinghouse.metering.row.RowKey;
import countinghouse.metering.row.RowValue;
import countinghouse.metering.rules.EventRules;
import countinghouse.metering.schedule.CountingSchedule;
import countinghouse.speed.counts.CountsState;
import countinghouse.speed.dedup.IdentityState;
import countinghouse.speed.live.LiveCodec;
import countinghouse.speed.live.LiveKey;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.TopicPartition;

/** A task's counting without Kafka: what a commit makes durable survives a crash, and nothing else does. */
final class SimulatedTask {
    private static final CountingSchedule SCHEDULE = CountingSchedule.standard();
    private static final EventRules RULES = new EventRules();

    private record Entry(byte[] key, byte[] value) {}

    /** One record of the log; {@code event} is null if it is a tick or undecodable, {@code floorMs} unless it is a tick with a floor. */
    record LogRecord(TopicPartition source, long offset, long appendTimeMs, Event event, Long floorMs) {
        LogRecord(TopicPartition source, long offset, long appendTimeMs, Event event) {
            this(source, offset, appendTimeMs, event, null);
        }
    }

    private final Duration bucketWidth;
    private final DuplicateHorizon horizon;
    private final List<LogRecord> log;

    private final List<Entry> durableIdentities = new ArrayList<>();
    private final List<Entry> durableCounts = new ArrayList<>();
    private final List<Entry> openIdentities = new ArrayList<>();
    private final List<Entry> openCounts = new ArrayList<>();
    private int committed;
    private int next;
    private IdentityState identities;
    private CountsState counts;
    private EventCounter counter;

    SimulatedTask(Duration bucketWidth, Duration horizon, List<LogRecord> log) {
        this.bucketWidth = bucketWidth;
        this.horizon = DuplicateHorizon.of(horizon, bucketWidth);
        this.log = log;
        restart(0);
    }

    boolean isDone() {
        return next == log.size();
    }

    void processOne() {
        LogRecord record = log.get(next++);
        if (counter.hasPassed(record.source(), record.offset())) {
            return;
        }
        if (record.event() == null) {
            counter.pass(record.source(), record.offset(), record.appendTimeMs());
            if (record.floorMs() != null) {
                counts.raiseFloor(record.source(), record.floorMs());
            }
        } else {
            counter.count(record.source(), record.offset(), record.appendTimeMs(), record.event(), 0);
        }
    }

    /** Writes into the open transaction; the cache may do so at any time. */
    void flush() {
        identities.flush((key, value) -> openIdentities.add(new Entry(key, value)));
        counts.flush((key, value) -> openCounts.add(new Entry(key, value)));
    }

    void commit() {
        flush();
        durableIdentities.addAll(openIdentities);
        durableCounts.addAll(openCounts);
        openIdentities.clear();
        openCounts.clear();
        committed = next;
    }

    /** Loses everything since the last commit. */
    void crash() {
        restart(committed);
    }

    /** Loses everything since the last commit, and the consumer's offsets as well. */
    void crashAndReplay() {
        restart(0);
    }

    long identitiesHeld() {
        return identities.size();
    }

    private void restart(int from) {
        openIdentities.clear();
        openCounts.clear();
        next = from;
        identities = new IdentityState(horizon);
        counts = new CountsState(bucketWidth);
        durableIdentities.forEach(entry -> identities.restore(entry.key(), entry.value()));
        durableCounts.forEach(entry -> counts.restore(entry.key(), entry.value()));
        counter = new EventCounter(RULES, SCHEDULE, identities, counts, MeteredAmounts.untold());
    }

    /** What a reader of the counts topic holds in the end. */
    Map<RowKey, RowValue> publishedRows() {
        Map<RowKey, RowValue> rows = new HashMap<>();
        for (Entry entry : durableCounts) {
            if (RowCodec.isRow(entry.key())) {
                RowKey key = RowCodec.decodeKey(entry.key());
                if (entry.value() == null) {
                    rows.remove(key);
                } else {
                    rows.put(key, RowCodec.decodeValue(entry.value()));
                }
            }
        }
        return rows;
    }

    /** Live entries that a reader of the counts topic holds in the end. */
    Map<LiveKey, String> publishedLive() {
        Map<LiveKey, String> live = new HashMap<>();
        for (Entry entry : durableCounts) {
            if (LiveCodec.isLive(entry.key())) {
                LiveKey key = LiveCodec.decodeKey(entry.key());
                if (entry.value() == null) {
                    live.remove(key);
                } else {
                    live.put(key, LiveCodec.decodeValue(entry.value()));
                }
            }
        }
        return live;
    }

    long rowsHeld() {
        return counts.size();
    }

    /** Entries of the ids topic that compaction would keep. */
    int identityChunksKept() {
        return kept(durableIdentities);
    }

    /** Entries of the counts topic that compaction would keep. */
    int countEntriesKept() {
        return kept(durableCounts);
    }

    private static int kept(List<Entry> entries) {
        Map<ByteBuffer, byte[]> kept = new HashMap<>();
        entries.forEach(entry -> kept.put(ByteBuffer.wrap(entry.key()), entry.value()));
        kept.values().removeIf(value -> value == null);
        return kept.size();
    }
}
