package countinghouse.batch.recompute;

import countinghouse.batch.archive.ArchivedRecord;
import countinghouse.batch.archive.ArchivedRecord.Kind;
import countinghouse.metering.history.HistoryVerdicts;
import countinghouse.metering.identity.DuplicateHorizon;
import countinghouse.metering.rules.EventRules;
import countinghouse.metering.rules.Violation;
import countinghouse.metering.schedule.CountingSchedule;
import countinghouse.metering.schedule.CountingVersion;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;

/**
 * Counts one partition in one pass over its records in offset order. A row's key holds its partition and ingest bucket, and buckets
 * never decrease along the offsets, so rows are final as soon as their bucket has passed: no shuffle, no sort.
 */
public final class PartitionRecompute {
    /** The offset before the first record is not known. */
    public static final long UNKNOWN = -1;

    private static final long DAY_MS = TimeUnit.DAYS.toMillis(1);

    private final String topic;
    private final int partition;
    private final long closedThroughMs;
    private final DuplicateHorizon horizon;
    private final DuplicateHorizon speedHorizon;
    private final CountingSchedule schedule;
    private final HistoryVerdicts history;
    private final RecordCounter counter;
    private final EventRules rules = new EventRules();
    private final SeenIdentities seen;
    private final Map<Integer, Tally> tallies = new TreeMap<>();
    private CountingVersion version;
    private long openBucketMs = Long.MIN_VALUE;
    private long expectedOffset;
    /** What {@link #expect} found; not private, because a compiler leaves out what nobody can read. */
    long touched;

    /**
     * @param source the partition, and what is known of it
     * @param closedThroughMs records in buckets from here on are not looked at
     * @param horizon of duplicates
     * @param speedHorizon of the speed layer, not longer
     * @param schedule which version counts which bucket
     * @param sinks take each final row, bucket by bucket
     */
    public PartitionRecompute(
            SourcePartition source,
            long closedThroughMs,
            DuplicateHorizon horizon,
            DuplicateHorizon speedHorizon,
            CountingSchedule schedule,
            RowSinks sinks) {
        this.topic = source.topic();
        this.partition = source.partition();
        this.expectedOffset = source.firstOffset();
        this.history = source.history();
        this.seen = new SeenIdentities(source.records());
        this.closedThroughMs = closedThroughMs;
        this.horizon = horizon;
        this.speedHorizon = speedHorizon;
        this.schedule = schedule;
        this.counter = new RecordCounter(topic, partition, sinks);
    }

    /**
     * A partition to count.
     *
     * @param topic of the partition
     * @param partition of the topic
     * @param firstOffset of the first record that must come, or {@link #UNKNOWN}
     * @param records about how many there are; more may come
     * @param history views that history rules exclude
     */
    public record SourcePartition(
            String topic, int partition, long firstOffset, long records, HistoryVerdicts history) {}

    /** Tells that the records to be counted have one of this identity, so that the look-back for it is remembered. */
    public void announce(long identityHigh, long identityLow) {
        seen.announce(identityHigh, identityLow);
    }

    /** Remembers an event from before the records to be counted, if its identity was announced. */
    public void remember(long identityHigh, long identityLow, long bucketMs) {
        seen.remember(identityHigh, identityLow, bucketMs);
    }

    /** Tells which records come next, which makes it quicker to take them. */
    public void expect(List<ArchivedRecord> next) {
        for (ArchivedRecord record : next) {
            if (record.identity() != null) {
                touched ^= seen.touch(record.identity().low());
            }
        }
    }

    /**
     * Takes the next record.
     *
     * @return false if it lies beyond the closed buckets, as does everything after it
     * @throws LostRecordsException if an offset is missing before it
     */
    public boolean accept(ArchivedRecord record) {
        if (expectedOffset != UNKNOWN && record.offset() != expectedOffset) {
            throw new LostRecordsException(topic, partition, expectedOffset, record.offset());
        }
        expectedOffset = record.offset() + 1;
        if (record.bucketMs() >= closedThroughMs) {
            return false;
        }
        if (record.bucketMs() != openBucketMs) {
            counter.emit();
            openBucketMs = record.bucketMs();
            version = schedule.at(openBucketMs);
        }
        judge(record);
        return true;
    }

    /** Emits the rows of the last bucket; where the records went, by ingest day. */
    public Map<Integer, Conservation> complete() {
        counter.emit();
        Map<Integer, Conservation> byDay = new TreeMap<>();
        tallies.forEach((day, tally) -> byDay.put(day, tally.conservation(topic, partition)));
        return byDay;
    }

    private void judge(ArchivedRecord record) {
        Tally tally = tallies.computeIfAbsent((int) Math.floorDiv(record.bucketMs(), DAY_MS), ignored -> new Tally());
        if (record.kind() != Kind.EVENT) {
            tally.add(record.kind() == Kind.TICK ? Verdict.TICK : Verdict.UNDECODABLE, false);
            return;
        }
        long last = seen.observe(record.identity().high(), record.identity().low(), record.bucketMs());
        if (isWithin(horizon, last)) {
            if (!isWithin(speedHorizon, last) && violation(record).isEmpty()) {
                counter.countLate(record, version.evaluator());
            }
            tally.add(Verdict.DUPLICATE, false);
            return;
        }
        Optional<Violation> violation = violation(record);
        if (violation.isPresent()) {
            tally.add(Verdict.invalid(violation.get().rule()), false);
        } else {
            tally.add(Verdict.VALID, count(record));
        }
    }

    private boolean isWithin(DuplicateHorizon limit, long lastBucketMs) {
        return lastBucketMs != SeenIdentities.NEVER && lastBucketMs >= limit.oldestBucketFor(openBucketMs);
    }

    private Optional<Violation> violation(ArchivedRecord record) {
        return rules.violation(record.event(), record.appendTimeMs());
    }

    private boolean count(ArchivedRecord record) {
        String reason = schedule.historyReason(openBucketMs, history.of(record.offset()));
        return reason == null
                ? counter.count(record, version.evaluator())
                : counter.countExcluded(record, version.evaluator(), reason);
    }
}
