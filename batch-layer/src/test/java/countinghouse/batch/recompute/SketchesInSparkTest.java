package countinghouse.batch.recompute;

import static org.assertj.core.api.Assertions.assertThat;

import countinghouse.metering.meter.Aggregation;
import countinghouse.metering.row.Fingerprint;
import countinghouse.metering.row.RowTotal;
import countinghouse.metering.row.UniqueItem;
import countinghouse.metering.row.Uniques;
import java.util.List;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.Test;

/** Analysts merge our sketches with Spark SQL's own functions. */
class SketchesInSparkTest {
    private static final StructType COLUMNS = new StructType().add("sketch", DataTypes.BinaryType);

    @Test
    void shouldMergeWithTheSketchesOfSparkSql() {
        RowTotal ours = new RowTotal();
        for (int viewer = 0; viewer < 3_000; viewer++) {
            ours.add(Aggregation.UNIQUE_COUNT, new UniqueItem("viewer-" + viewer), Fingerprint.ZERO);
        }
        Uniques sketch = (Uniques) ours.value().measure();
        try (SparkSession spark = SparkSession.builder()
                .master("local[1]")
                .config("spark.ui.enabled", "false")
                .config("spark.driver.host", "127.0.0.1")
                .config("spark.sql.shuffle.partitions", "1")
                .getOrCreate()) {
            spark.createDataFrame(List.of(RowFactory.create((Object) sketch.toBytes())), COLUMNS)
                    .createOrReplaceTempView("ours");
            Row merged = spark.sql("""
                            SELECT hll_union(ours.sketch, theirs.sketch), theirs.sketch
                            FROM ours CROSS JOIN (
                                SELECT hll_sketch_agg(concat('viewer-', id), 12) AS sketch FROM range(2000, 5000)) theirs
                            """).head();

            Uniques bySpark = Uniques.ofBytes(merged.getAs(0));
            Uniques byUs = (Uniques) sketch.merge(Aggregation.UNIQUE_COUNT, Uniques.ofBytes(merged.getAs(1)));
            assertThat(bySpark).isEqualTo(byUs);
            for (int viewer = 3_000; viewer < 5_000; viewer++) {
                ours.add(Aggregation.UNIQUE_COUNT, new UniqueItem("viewer-" + viewer), Fingerprint.ZERO);
            }
            assertThat(byUs).isEqualTo(ours.value().measure());
        }
    }
}
