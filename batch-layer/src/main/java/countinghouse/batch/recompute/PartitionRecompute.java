package countinghouse.batch.recompute;

import countinghouse.batch.archive.ArchivedRecord;
import countinghouse.batch.archive.ArchivedRecord.Kind;
import countinghouse.batch.recompute.Verdict.Outcome;
import countinghouse.metering.identity.DuplicateHorizon;
import countinghouse.metering.identity.Identity;
import countinghouse.metering.meter.MeterEvaluator;
import countinghouse.metering.row.Fingerprint;
import countinghouse.metering.row.RowKey;
import countinghouse.metering.row.RowValue;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;

/**
 * Counts one partition in one pass over its records in offset order. A row's key holds its partition and ingest bucket, and buckets
 * never decrease along the offsets, so rows are final as soon as their bucket has passed: no shuffle, no sort.
 */
public final class PartitionRecompute {
    private static final long DAY_MS = TimeUnit.DAYS.toMillis(1);
    private static final long UNKNOWN = -1;

    private final String topic;
    private final int partition;
    private final long closedThroughMs;
    private final MeterEvaluator evaluator;
    private final Judge judge;
    private final Judge speedJudge;
    private final OpenRows rows;
    private final OpenRows lateDuplicates;
    private final Map<Integer, Tally> tallies = new TreeMap<>();
    private long openBucketMs = Long.MIN_VALUE;
    private long expectedOffset = UNKNOWN;

    /**
     * @param closedThroughMs records in buckets from here on are not looked at
     * @param horizon of duplicates
     * @param speedHorizon of the speed layer, not longer
     * @param rows takes each final row, bucket by bucket
     * @param lateDuplicates takes what the speed layer counts beyond them: duplicates that only the longer horizon finds
     */
    public PartitionRecompute(
            String topic,
            int partition,
            long closedThroughMs,
            DuplicateHorizon horizon,
            DuplicateHorizon speedHorizon,
            MeterEvaluator evaluator,
            BiConsumer<RowKey, RowValue> rows,
            BiConsumer<RowKey, RowValue> lateDuplicates) {
        this.topic = topic;
        this.partition = partition;
        this.closedThroughMs = closedThroughMs;
        this.evaluator = evaluator;
        this.judge = new Judge(horizon);
        this.speedJudge = new Judge(speedHorizon);
        this.rows = new OpenRows(rows);
        this.lateDuplicates = new OpenRows(lateDuplicates);
    }

    /** Remembers an event from before the days to be counted. */
    public void remember(Identity identity, long bucketMs) {
        judge.remember(identity, bucketMs);
        speedJudge.remember(identity, bucketMs);
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
            emit();
            openBucketMs = record.bucketMs();
        }
        Verdict verdict = judge.judge(record);
        boolean contributed = verdict.isValid() && count(record, rows);
        if (isLateDuplicate(record, verdict)) {
            count(record, lateDuplicates);
        }
        tallies.computeIfAbsent((int) Math.floorDiv(record.bucketMs(), DAY_MS), ignored -> new Tally())
                .add(verdict, contributed);
        return true;
    }

    /** Emits the rows of the last bucket; where the records went, by ingest day. */
    public Map<Integer, Conservation> complete() {
        emit();
        Map<Integer, Conservation> byDay = new TreeMap<>();
        tallies.forEach((day, tally) -> byDay.put(day, tally.conservation(topic, partition)));
        return byDay;
    }

    private boolean isLateDuplicate(ArchivedRecord record, Verdict verdict) {
        return record.kind() == Kind.EVENT
                && !speedJudge.observesDuplicate(record)
                && verdict.outcome() == Outcome.DUPLICATE
                && judge.judgeByRules(record).isValid();
    }

    private boolean count(ArchivedRecord record, OpenRows target) {
        String source = RowKey.partitionName(topic, partition);
        boolean[] contributed = {false};
        evaluator.contributions(record.event(), (meter, account, dimensions, cellMs, contribution) -> {
            contributed[0] = true;
            Fingerprint fingerprint =
                    Fingerprint.of(topic, partition, record.offset(), record.identity(), contribution);
            target.add(
                    meter.aggregation(),
                    new RowKey(meter.slug(), account, dimensions, cellMs, record.bucketMs(), source),
                    contribution,
                    fingerprint);
        });
        return contributed[0];
    }

    private void emit() {
        rows.emit();
        lateDuplicates.emit();
    }
}
