package countinghouse.batch.recompute;

import countinghouse.batch.archive.ArchivedRecord;
import countinghouse.metering.meter.Meter;
import countinghouse.metering.meter.MeterEvaluator;
import countinghouse.metering.row.Contribution;
import countinghouse.metering.row.Fingerprinter;
import countinghouse.metering.row.RowKey;
import java.util.ArrayList;
import java.util.List;

/** Adds what single records contribute to the open rows of one partition. */
final class RecordCounter {
    private final String source;
    private final Fingerprinter fingerprinter;
    private final OpenRows rows;
    private final OpenRows lateDuplicates;
    private final OpenRows removedByHistory;
    private final OpenRows addedByHistory;

    private record Contributed(
            Meter meter, String account, String dimensions, long cellMs, Contribution contribution) {}

    RecordCounter(String topic, int partition, RowSinks sinks) {
        this.source = RowKey.partitionName(topic, partition);
        this.fingerprinter = new Fingerprinter(topic, partition);
        this.rows = new OpenRows(sinks.rows());
        this.lateDuplicates = new OpenRows(sinks.lateDuplicates());
        this.removedByHistory = new OpenRows(sinks.removedByHistory());
        this.addedByHistory = new OpenRows(sinks.addedByHistory());
    }

    /** Counts a record; false if it contributes nothing. */
    boolean count(ArchivedRecord record, MeterEvaluator evaluator) {
        return add(record, evaluator, rows);
    }

    /** Counts what only the speed layer counts. */
    void countLate(ArchivedRecord record, MeterEvaluator evaluator) {
        add(record, evaluator, lateDuplicates);
    }

    /** Counts a view that a history rule excludes, and notes by what the speed layer's rows differ. */
    boolean countExcluded(ArchivedRecord record, MeterEvaluator evaluator, String reason) {
        List<Contributed> live = contributions(record, evaluator, null);
        List<Contributed> judged = contributions(record, evaluator, reason);
        judged.forEach(one -> add(record, one, rows));
        live.stream().filter(one -> !judged.contains(one)).forEach(one -> add(record, one, removedByHistory));
        judged.stream().filter(one -> !live.contains(one)).forEach(one -> add(record, one, addedByHistory));
        return !judged.isEmpty();
    }

    /** Hands every row over: their bucket has passed. */
    void emit() {
        rows.emit();
        lateDuplicates.emit();
        removedByHistory.emit();
        addedByHistory.emit();
    }

    private static List<Contributed> contributions(ArchivedRecord record, MeterEvaluator evaluator, String reason) {
        List<Contributed> contributions = new ArrayList<>();
        evaluator.contributions(
                record.event(),
                reason,
                (meter, account, dimensions, cellMs, contribution) ->
                        contributions.add(new Contributed(meter, account, dimensions, cellMs, contribution)));
        return contributions;
    }

    private boolean add(ArchivedRecord record, MeterEvaluator evaluator, OpenRows target) {
        boolean[] contributed = {false};
        evaluator.contributions(record.event(), (meter, account, dimensions, cellMs, contribution) -> {
            contributed[0] = true;
            add(record, meter, account, dimensions, cellMs, contribution, target);
        });
        return contributed[0];
    }

    private void add(ArchivedRecord record, Contributed one, OpenRows target) {
        add(record, one.meter, one.account, one.dimensions, one.cellMs, one.contribution, target);
    }

    private void add(
            ArchivedRecord record,
            Meter meter,
            String account,
            String dimensions,
            long cellMs,
            Contribution contribution,
            OpenRows target) {
        target.add(
                meter.aggregation(),
                new RowKey(meter.slug(), account, dimensions, cellMs, record.bucketMs(), source),
                contribution,
                fingerprinter.of(record.offset(), record.identity(), contribution));
    }
}
