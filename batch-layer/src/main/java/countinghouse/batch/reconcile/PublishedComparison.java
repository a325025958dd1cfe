package countinghouse.batch.reconcile;

import countinghouse.batch.catalog.CountsRows;
import countinghouse.batch.catalog.RecordFiles;
import countinghouse.batch.publish.PublishedRows;
import countinghouse.batch.publish.TaskDatabase;
import countinghouse.metering.row.Fingerprint;
import countinghouse.metering.row.Quantity;
import countinghouse.metering.row.RowKey;
import countinghouse.metering.row.RowValue;
import countinghouse.metering.schedule.CountingDocuments;
import countinghouse.metering.schedule.CountingSchedule;
import java.io.Serializable;
import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.apache.iceberg.DataFile;
import org.apache.iceberg.Table;
import org.apache.iceberg.data.Record;

/** Compares what PostgreSQL serves of a run with the run's rows in the archive; runs inside a Spark task. */
record PublishedComparison(TaskDatabase database, long runNumber, CountingDocuments documents) implements Serializable {
    static final String MISSING = "missing-in-published";
    static final String UNKNOWN = "published-only";
    static final String DIFFERS = "published-differs";

    private static final String ROWS = """
            SELECT ingest_day, meter, account, dimensions, cell, n, value, fingerprint
            FROM published.batch_count WHERE run_number = ? AND account = ANY(?)""";

    private static final int FETCH_SIZE = 10_000;

    /** @param accounts all that PostgreSQL or the files have of the group */
    GroupComparison compare(Table counts, List<DataFile> files, List<String> accounts) {
        Map<PublishedRows.Key, RowValue> expected = expected(counts, files);
        GroupComparison comparison = new GroupComparison();
        try (Connection connection = database.connect();
                PreparedStatement statement = connection.prepareStatement(ROWS)) {
            connection.setAutoCommit(false);
            connection.setReadOnly(true);
            statement.setFetchSize(FETCH_SIZE);
            statement.setLong(1, runNumber);
            statement.setArray(2, connection.createArrayOf("text", accounts.toArray()));
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    PublishedRows.Key key = key(rows);
                    compare(comparison, key, expected.remove(key), value(rows));
                }
            }
        } catch (SQLException e) {
            throw new IllegalStateException(
                    "Cannot read the published rows of run %d: %s".formatted(runNumber, e.getMessage()), e);
        }
        expected.forEach((key, value) -> compare(comparison, key, value, null));
        return comparison;
    }

    private Map<PublishedRows.Key, RowValue> expected(Table counts, List<DataFile> files) {
        PublishedRows rows = new PublishedRows(CountingSchedule.of(documents).meters());
        try (RecordFiles records = new RecordFiles(counts.io(), counts.schema(), files)) {
            while (records.hasNext()) {
                Record row = records.next();
                rows.add(CountsRows.key(row), CountsRows.value(row));
            }
        }
        return new HashMap<>(rows.rows());
    }

    private static void compare(GroupComparison comparison, PublishedRows.Key key, RowValue expected, RowValue found) {
        String reason;
        if (found == null) {
            reason = MISSING;
        } else if (expected == null) {
            reason = UNKNOWN;
        } else if (expected.n() != found.n()
                || expected.value().compareTo(found.value()) != 0
                || !expected.fingerprint().equals(found.fingerprint())) {
            reason = DIFFERS;
        } else {
            return;
        }
        long dayMs = TimeUnit.DAYS.toMillis(key.ingestDay());
        comparison.add(dayMs, new BucketComparison(0, Map.of(reason, 1L), Map.of()));
        RowKey named = new RowKey(key.meter(), key.account(), key.dimensions(), key.cellMs(), dayMs, "");
        comparison.name(DifferingRow.of(named, reason, expected, found));
    }

    private static PublishedRows.Key key(ResultSet row) throws SQLException {
        return new PublishedRows.Key(
                (int) row.getObject(1, LocalDate.class).toEpochDay(),
                row.getString(2),
                row.getString(3),
                row.getString(4),
                row.getObject(5, OffsetDateTime.class).toInstant().toEpochMilli());
    }

    private static RowValue value(ResultSet row) throws SQLException {
        BigDecimal value = row.getBigDecimal(7);
        return new RowValue(row.getLong(6), new Quantity(value), Fingerprint.ofBytes(row.getBytes(8)));
    }
}
