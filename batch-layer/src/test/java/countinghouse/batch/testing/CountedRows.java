package countinghouse.batch.testing;

import countinghouse.batch.catalog.CountsSchema;
import countinghouse.batch.catalog.IcebergCatalog;
import countinghouse.batch.catalog.IcebergConfig;
import countinghouse.kit.config.Settings;
import java.io.IOException;
import java.util.HexFormat;
import java.util.TreeSet;
import org.apache.iceberg.data.IcebergGenerics;
import org.apache.iceberg.data.Record;
import org.apache.iceberg.expressions.Expressions;
import org.apache.iceberg.io.CloseableIterable;

/** The rows that a run has counted, whether or not they are published. */
public final class CountedRows {
    private CountedRows() {}

    public static TreeSet<String> of(long runNumber) throws IOException {
        TreeSet<String> rows = new TreeSet<>();
        try (IcebergCatalog catalog = IcebergCatalog.open(IcebergConfig.from(Settings.ofProcess()));
                CloseableIterable<Record> records = IcebergGenerics.read(catalog.counts())
                        .where(Expressions.equal(CountsSchema.RUN_NUMBER, runNumber))
                        .build()) {
            records.forEach(row -> rows.add("%s %s %s %s %s %s %s %s %s"
                    .formatted(
                            row.getField(CountsSchema.METER),
                            row.getField(CountsSchema.ACCOUNT),
                            row.getField(CountsSchema.DIMENSIONS),
                            row.getField(CountsSchema.CELL),
                            row.getField(CountsSchema.INGEST_BUCKET),
                            row.getField(CountsSchema.SOURCE_PARTITION),
                            row.getField(CountsSchema.N),
                            row.getField(CountsSchema.VALUE),
                            HexFormat.of().formatHex((byte[]) row.getField(CountsSchema.FINGERPRINT)))));
        }
        return rows;
    }
}
