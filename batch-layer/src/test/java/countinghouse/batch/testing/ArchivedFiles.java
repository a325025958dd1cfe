package countinghouse.batch.testing;

import static org.assertj.core.api.Assertions.assertThat;

import countinghouse.batch.archive.ArchiveProgress;
import countinghouse.batch.catalog.IcebergCatalog;
import countinghouse.batch.catalog.IcebergConfig;
import countinghouse.batch.catalog.OffsetOrder;
import countinghouse.batch.catalog.RawSchema;
import countinghouse.batch.catalog.RecordFiles;
import countinghouse.kit.config.Settings;
import countinghouse.schemas.EventType;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.iceberg.DataFile;
import org.apache.iceberg.Table;

/** The files that the archive consists of now. */
public final class ArchivedFiles {
    private ArchivedFiles() {}

    public static Map<String, Integer> byDayAndPartition() {
        Map<String, Integer> files = new TreeMap<>();
        forEachFile((type, table, file) -> files.merge(
                "%s-%d %d".formatted(type.slug(), OffsetOrder.partitionOf(file), OffsetOrder.dayOf(file)),
                1,
                Integer::sum));
        return files;
    }

    public static void assertEachIsInOffsetOrder() {
        forEachFile((type, table, file) -> {
            List<Long> offsets = new ArrayList<>();
            try (RecordFiles rows =
                    new RecordFiles(table.io(), table.schema().select(RawSchema.KAFKA_OFFSET), List.of(file))) {
                rows.forEachRemaining(row -> offsets.add((Long) row.getField(RawSchema.KAFKA_OFFSET)));
            }
            assertThat(offsets).isNotEmpty().isSorted().doesNotHaveDuplicates();
            assertThat(offsets.get(offsets.size() - 1) - offsets.get(0)).isEqualTo(offsets.size() - 1);
        });
    }

    private interface FileVisitor {
        void visit(EventType type, Table table, DataFile file);
    }

    private static void forEachFile(FileVisitor visitor) {
        try (IcebergCatalog catalog = IcebergCatalog.open(IcebergConfig.from(Settings.ofProcess()))) {
            for (EventType type : EventType.values()) {
                Table table = catalog.raw(type);
                assertThat(ArchiveProgress.of(table).nextOffsets()).isNotEmpty();
                OffsetOrder.files(table, table.currentSnapshot().snapshotId(), Integer.MIN_VALUE, Integer.MAX_VALUE)
                        .forEach(file -> visitor.visit(type, table, file));
            }
        }
    }
}
