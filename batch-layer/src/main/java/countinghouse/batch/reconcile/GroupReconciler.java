package countinghouse.batch.reconcile;

import countinghouse.batch.catalog.CountsRows;
import countinghouse.batch.catalog.RecordFiles;
import countinghouse.metering.meter.Meter;
import countinghouse.metering.row.RowKey;
import countinghouse.metering.row.RowText;
import countinghouse.metering.row.RowValue;
import countinghouse.metering.schedule.CountingDocuments;
import countinghouse.metering.schedule.CountingSchedule;
import countinghouse.schemas.RedisKeys;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.BiConsumer;
import org.apache.iceberg.DataFile;
import org.apache.iceberg.Table;
import org.apache.iceberg.data.Record;

/** Reconciles the accounts of one group; runs inside a Spark task. */
record GroupReconciler(String redisUrl, long epoch, BucketScope scope, CountingDocuments documents)
        implements Serializable {
    private static final int KEYS_PER_PIPELINE = 200;

    private record AccountMeter(String account, String meter) {}

    GroupComparison reconcile(ReconciledTables tables, AccountGroup group) {
        CountingSchedule schedule = CountingSchedule.of(documents);
        RowComparison comparison = new RowComparison(schedule.meters());
        Set<String> accounts = new TreeSet<>(group.accounts());
        read(schedule, tables.rows(), group.files(), accounts, comparison::batch);
        read(schedule, tables.lateDuplicates(), group.lateFiles(), accounts, comparison::lateDuplicates);
        read(schedule, tables.removedByHistory(), group.removedFiles(), accounts, comparison::removedByHistory);
        read(schedule, tables.addedByHistory(), group.addedFiles(), accounts, comparison::addedByHistory);
        try (SpeedStore speed = new SpeedStore(redisUrl)) {
            Map<String, AccountMeter> keys = new LinkedHashMap<>();
            for (String account : accounts) {
                for (Meter meter : schedule.meters().meters()) {
                    keys.put(RedisKeys.rows(account, meter.slug(), epoch), new AccountMeter(account, meter.slug()));
                }
            }
            List<String> names = new ArrayList<>(keys.keySet());
            for (int from = 0; from < names.size(); from += KEYS_PER_PIPELINE) {
                List<String> page = names.subList(from, Math.min(names.size(), from + KEYS_PER_PIPELINE));
                speed.hashes(page).forEach((name, hash) -> compare(comparison, keys.get(name), hash));
            }
        }
        return comparison.complete();
    }

    private void read(
            CountingSchedule schedule,
            Table table,
            List<DataFile> files,
            Set<String> accounts,
            BiConsumer<RowKey, RowValue> sink) {
        try (RecordFiles rows = new RecordFiles(table.io(), table.schema(), files)) {
            while (rows.hasNext()) {
                Record row = rows.next();
                RowKey key = CountsRows.key(row);
                if (scope.contains(key.bucketMs()) && isLive(schedule, key)) {
                    sink.accept(key, CountsRows.value(row));
                    accounts.add(key.account());
                }
            }
        }
    }

    /** A backfill gives a meter a past that the speed layer never had. */
    private static boolean isLive(CountingSchedule schedule, RowKey key) {
        return schedule.at(key.bucketMs()).meters().meter(key.meter()).isPresent();
    }

    private void compare(RowComparison comparison, AccountMeter owner, Map<String, String> hash) {
        hash.forEach((field, text) -> {
            RowKey key = RowText.key(owner.meter(), owner.account(), field);
            if (scope.contains(key.bucketMs())) {
                comparison.speed(key, RowText.parseValue(text));
            }
        });
    }
}
