package countinghouse.batch.testing;

import countinghouse.batch.archive.ArchiveProgress;
import countinghouse.batch.catalog.IcebergCatalog;
import countinghouse.batch.catalog.IcebergConfig;
import countinghouse.batch.catalog.RawSchema;
import countinghouse.kit.config.Settings;
import countinghouse.schemas.EventType;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.iceberg.Table;
import org.apache.iceberg.data.IcebergGenerics;
import org.apache.iceberg.data.Record;
import org.apache.iceberg.io.CloseableIterable;

/** Where the records of the archive lay in the log, as SQL would read them. */
public final class ArchivedPositions {
    private ArchivedPositions() {}

    /** Every archived record, as {@code TYPE-PARTITION@OFFSET}. */
    public static List<String> all() throws IOException {
        List<String> positions = new ArrayList<>();
        try (IcebergCatalog catalog = IcebergCatalog.open(IcebergConfig.from(Settings.ofProcess()))) {
            for (EventType type : EventType.values()) {
                try (CloseableIterable<Record> rows = IcebergGenerics.read(catalog.raw(type))
                        .select(RawSchema.SOURCE_PARTITION, RawSchema.KAFKA_OFFSET)
                        .build()) {
                    rows.forEach(row -> positions.add("%s-%s@%s"
                            .formatted(
                                    type.slug(),
                                    row.getField(RawSchema.SOURCE_PARTITION),
                                    row.getField(RawSchema.KAFKA_OFFSET))));
                }
            }
        }
        return positions;
    }

    /** The positions that the tables say they have: everything before their next offsets. */
    public static List<String> promised() {
        List<String> positions = new ArrayList<>();
        try (IcebergCatalog catalog = IcebergCatalog.open(IcebergConfig.from(Settings.ofProcess()))) {
            for (EventType type : EventType.values()) {
                Table table = catalog.raw(type);
                ArchiveProgress.of(table).nextOffsets().forEach((partition, next) -> {
                    for (long offset = 0; offset < next; offset++) {
                        positions.add("%s-%d@%d".formatted(type.slug(), partition, offset));
                    }
                });
            }
        }
        return positions;
    }
}
