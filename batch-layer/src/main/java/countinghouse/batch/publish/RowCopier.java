package countinghouse.batch.publish;

import countinghouse.batch.catalog.CountsRows;
import countinghouse.batch.catalog.RecordFiles;
import countinghouse.metering.row.RowValue;
import countinghouse.metering.row.Uniques;
import countinghouse.metering.schedule.CountingDocuments;
import countinghouse.metering.schedule.CountingSchedule;
import java.io.IOException;
import java.io.Serializable;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import org.apache.iceberg.DataFile;
import org.apache.iceberg.Table;
import org.apache.iceberg.data.Record;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyIn;

/**
 * Copies the rows of some accounts into {@code published.batch_count}; runs inside a Spark task. Nobody sees the rows before a
 * generation names their run.
 */
record RowCopier(TaskDatabase database, long runNumber, CountingDocuments documents) implements Serializable {
    private static final String COPY = """
            COPY published.batch_count (run_number, ingest_day, meter, account, dimensions, cell, n, value, fingerprint, sketch)
            FROM STDIN (FORMAT binary)""";

    private static final int COLUMNS = 10;
    private static final int CHUNK_BYTES = 1 << 18;

    /** Copies what the files hold; the rows of an account must all be in one call's files. */
    long copy(Table counts, List<DataFile> files) {
        PublishedRows published =
                new PublishedRows(CountingSchedule.of(documents).meters());
        try (RecordFiles records = new RecordFiles(counts.io(), counts.schema(), files)) {
            while (records.hasNext()) {
                Record record = records.next();
                published.add(CountsRows.key(record), CountsRows.value(record));
            }
        }
        try (Connection connection = database.connect()) {
            return copy(connection, published.rows());
        } catch (SQLException | IOException e) {
            throw new IllegalStateException(
                    "Cannot copy rows of run %d to PostgreSQL: %s".formatted(runNumber, e.getMessage()), e);
        }
    }

    private long copy(Connection connection, Map<PublishedRows.Key, RowValue> rows) throws SQLException, IOException {
        CopyIn copy = connection.unwrap(PGConnection.class).getCopyAPI().copyIn(COPY);
        try {
            BinaryCopy encoder = new BinaryCopy();
            encoder.begin();
            for (Map.Entry<PublishedRows.Key, RowValue> row : rows.entrySet()) {
                encode(encoder, row.getKey(), row.getValue());
                if (encoder.size() >= CHUNK_BYTES) {
                    write(copy, encoder.take());
                }
            }
            encoder.end();
            write(copy, encoder.take());
            return copy.endCopy();
        } finally {
            if (copy.isActive()) {
                copy.cancelCopy();
            }
        }
    }

    private static void write(CopyIn copy, byte[] bytes) throws SQLException {
        copy.writeToCopy(bytes, 0, bytes.length);
    }

    private void encode(BinaryCopy encoder, PublishedRows.Key key, RowValue value) throws IOException {
        encoder.beginRow(COLUMNS);
        encoder.putLong(runNumber);
        encoder.putDay(key.ingestDay());
        encoder.putText(key.meter());
        encoder.putText(key.account());
        encoder.putText(key.dimensions());
        encoder.putInstant(key.cellMs());
        encoder.putLong(value.n());
        encoder.putDecimal(value.value());
        encoder.putBytes(value.fingerprint().toBytes());
        if (value.measure() instanceof Uniques uniques) {
            encoder.putBytes(uniques.toBytes());
        } else {
            encoder.putNull();
        }
    }
}
