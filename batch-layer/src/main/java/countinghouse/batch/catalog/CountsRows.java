package countinghouse.batch.catalog;

import countinghouse.metering.row.Fingerprint;
import countinghouse.metering.row.Quantity;
import countinghouse.metering.row.RowKey;
import countinghouse.metering.row.RowValue;
import countinghouse.metering.row.Uniques;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.concurrent.TimeUnit;
import org.apache.iceberg.Schema;
import org.apache.iceberg.data.GenericRecord;
import org.apache.iceberg.data.Record;
import org.apache.iceberg.util.ByteBuffers;

/** Count rows to and from records of {@code counts.rows}. */
public final class CountsRows {
    private final GenericRecord template;

    public CountsRows(Schema schema, long runNumber) {
        template = GenericRecord.create(schema);
        template.setField(CountsSchema.RUN_NUMBER, runNumber);
    }

    public Record row(RowKey key, RowValue value) {
        GenericRecord row = template.copy();
        row.setField(
                CountsSchema.INGEST_DAY,
                LocalDate.ofEpochDay(Math.floorDiv(key.bucketMs(), TimeUnit.DAYS.toMillis(1))));
        row.setField(CountsSchema.METER, key.meter());
        row.setField(CountsSchema.ACCOUNT, key.account());
        row.setField(CountsSchema.DIMENSIONS, key.dimensions());
        row.setField(CountsSchema.CELL, time(key.cellMs()));
        row.setField(CountsSchema.INGEST_BUCKET, time(key.bucketMs()));
        row.setField(CountsSchema.SOURCE_PARTITION, key.partition());
        row.setField(CountsSchema.N, value.n());
        row.setField(CountsSchema.VALUE, value.value());
        row.setField(CountsSchema.FINGERPRINT, value.fingerprint().toBytes());
        row.setField(
                CountsSchema.SKETCH,
                value.measure() instanceof Uniques uniques ? ByteBuffer.wrap(uniques.toBytes()) : null);
        return row;
    }

    public static RowKey key(Record row) {
        return new RowKey(
                (String) row.getField(CountsSchema.METER),
                (String) row.getField(CountsSchema.ACCOUNT),
                (String) row.getField(CountsSchema.DIMENSIONS),
                milliseconds(row, CountsSchema.CELL),
                milliseconds(row, CountsSchema.INGEST_BUCKET),
                (String) row.getField(CountsSchema.SOURCE_PARTITION));
    }

    public static RowValue value(Record row) {
        ByteBuffer sketch = (ByteBuffer) row.getField(CountsSchema.SKETCH);
        return new RowValue(
                (Long) row.getField(CountsSchema.N),
                sketch == null
                        ? new Quantity((BigDecimal) row.getField(CountsSchema.VALUE))
                        : Uniques.ofBytes(ByteBuffers.toByteArray(sketch)),
                Fingerprint.ofBytes((byte[]) row.getField(CountsSchema.FINGERPRINT)));
    }

    private static OffsetDateTime time(long ms) {
        return Instant.ofEpochMilli(ms).atOffset(ZoneOffset.UTC);
    }

    private static long milliseconds(Record row, String column) {
        return ((OffsetDateTime) row.getField(column)).toInstant().toEpochMilli();
    }
}
