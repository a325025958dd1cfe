package countinghouse.batch.catalog;

import static org.apache.iceberg.types.Types.NestedField.optional;
import static org.apache.iceberg.types.Types.NestedField.required;

import countinghouse.metering.row.Decimals;
import countinghouse.metering.row.Fingerprint;
import org.apache.iceberg.PartitionSpec;
import org.apache.iceberg.Schema;
import org.apache.iceberg.types.Types;

/** The columns of {@code counts.rows}: one row per row key of a run. */
public final class CountsSchema {
    public static final String RUN_NUMBER = "run_number";
    public static final String INGEST_DAY = "ingest_day";
    public static final String METER = "meter";
    public static final String ACCOUNT = "account";
    public static final String DIMENSIONS = "dimensions";
    public static final String CELL = "cell";
    public static final String INGEST_BUCKET = "ingest_bucket";
    public static final String SOURCE_PARTITION = "source_partition";
    public static final String N = "n";
    public static final String VALUE = "value";
    public static final String FINGERPRINT = "fingerprint";
    /** The DataSketches HLL sketch of a unique count, whose value is then the estimate. */
    public static final String SKETCH = "sketch";

    static final Schema SCHEMA = new Schema(
            required(1, RUN_NUMBER, Types.LongType.get()),
            required(2, INGEST_DAY, Types.DateType.get()),
            required(3, METER, Types.StringType.get()),
            required(4, ACCOUNT, Types.StringType.get()),
            required(5, DIMENSIONS, Types.StringType.get()),
            required(6, CELL, Types.TimestampType.withZone()),
            required(7, INGEST_BUCKET, Types.TimestampType.withZone()),
            required(8, SOURCE_PARTITION, Types.StringType.get()),
            required(9, N, Types.LongType.get()),
            required(10, VALUE, Types.DecimalType.of(Decimals.SUM_PRECISION, Decimals.SCALE)),
            required(11, FINGERPRINT, Types.FixedType.ofLength(Fingerprint.BYTES)),
            optional(12, SKETCH, Types.BinaryType.get()));

    static final PartitionSpec PARTITIONING = PartitionSpec.builderFor(SCHEMA)
            .identity(RUN_NUMBER)
            .identity(INGEST_DAY)
            .build();

    private CountsSchema() {}
}
