package countinghouse.batch.testing;

import countinghouse.batch.catalog.IcebergCatalog;
import countinghouse.batch.catalog.IcebergConfig;
import countinghouse.batch.catalog.OffsetOrder;
import countinghouse.batch.catalog.OrderedFiles;
import countinghouse.batch.catalog.RawSchema;
import countinghouse.batch.catalog.RecordFiles;
import countinghouse.kit.config.Settings;
import countinghouse.schemas.EventType;
import java.util.List;
import org.apache.iceberg.DataFile;
import org.apache.iceberg.OverwriteFiles;
import org.apache.iceberg.Table;
import org.apache.iceberg.data.Record;

/** Changes the archive as nobody may: a record is there {@code copies} times afterwards, until it is undone. */
public final class ArchiveVandal implements AutoCloseable {
    private final IcebergCatalog catalog = IcebergCatalog.open(IcebergConfig.from(Settings.ofProcess()));
    private final Table table;
    private final long before;

    private ArchiveVandal(EventType type) {
        table = catalog.raw(type);
        before = table.currentSnapshot().snapshotId();
    }

    /** Leaves a record out, or repeats it. */
    public static ArchiveVandal leave(int copies, EventType type, int partition, long offset) {
        ArchiveVandal vandal = new ArchiveVandal(type);
        vandal.change(copies, partition, offset);
        return vandal;
    }

    private void change(int copies, int partition, long offset) {
        DataFile file = OffsetOrder.files(table, before, Integer.MIN_VALUE, Integer.MAX_VALUE, partition).stream()
                .filter(one ->
                        OffsetOrder.firstOffset(table, one) <= offset && offset <= OffsetOrder.lastOffset(table, one))
                .findFirst()
                .orElseThrow();
        OverwriteFiles overwrite = table.newOverwrite().deleteFile(file);
        try (RecordFiles rows = new RecordFiles(table.io(), table.schema(), List.of(file));
                OrderedFiles changed = new OrderedFiles(table, "vandal", 0)) {
            while (rows.hasNext()) {
                Record row = rows.next();
                int times = row.getField(RawSchema.KAFKA_OFFSET).equals(offset) ? copies : 1;
                for (int copy = 0; copy < times; copy++) {
                    changed.write(row);
                }
            }
            changed.complete().forEach(overwrite::addFile);
        }
        overwrite.commit();
    }

    /** Puts the archive back. */
    @Override
    public void close() {
        table.manageSnapshots().setCurrentSnapshot(before).commit();
        catalog.close();
    }
}
