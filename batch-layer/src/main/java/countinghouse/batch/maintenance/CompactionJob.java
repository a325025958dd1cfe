package countinghouse.batch.maintenance;

import countinghouse.batch.catalog.IcebergCatalog;
import countinghouse.batch.maintenance.MergeTask.Merged;
import countinghouse.batch.run.AdvisoryLock;
import countinghouse.kit.database.Database;
import countinghouse.schemas.EventType;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import org.apache.iceberg.DataFile;
import org.apache.iceberg.SerializableTable;
import org.apache.iceberg.Table;
import org.apache.spark.api.java.JavaSparkContext;

/**
 * Merges the small files that each run adds to the archive, per ingest day and partition and in offset order, as recompute and evidence
 * read them. An archiver may run meanwhile: the commit carries the archive's progress on, and is made anew if that has moved.
 */
public final class CompactionJob {
    /** Whoever tends the tables holds this lock, so that two do not do the same work. */
    public static final String LOCK = "countinghouse maintenance";

    private final JavaSparkContext spark;
    private final IcebergCatalog catalog;
    private final Database database;

    public CompactionJob(JavaSparkContext spark, IcebergCatalog catalog, Database database) {
        this.spark = spark;
        this.catalog = catalog;
        this.database = database;
    }

    /** Merges what is small; repeated, it finds nothing to do. */
    public Compacted compact() {
        try (AdvisoryLock ignored = AdvisoryLock.take(database, LOCK)) {
            EnumMap<EventType, Table> tables = new EnumMap<>(EventType.class);
            List<SmallFiles> groups = new ArrayList<>();
            for (EventType type : EventType.values()) {
                Table table = catalog.raw(type);
                tables.put(type, table);
                groups.addAll(SmallFiles.of(type, table));
            }
            if (groups.isEmpty()) {
                return new Compacted(0, 0, 0);
            }
            List<Merged> merged = merge(tables, groups);
            tables.forEach((type, table) -> {
                List<Merged> ofTable = merged.stream()
                        .filter(one -> one.small().type() == type)
                        .toList();
                if (!ofTable.isEmpty()) {
                    commit(table, ofTable);
                }
            });
            return Compacted.of(merged);
        }
    }

    private List<Merged> merge(EnumMap<EventType, Table> tables, List<SmallFiles> groups) {
        EnumMap<EventType, Table> shipped = new EnumMap<>(EventType.class);
        tables.forEach((type, table) -> shipped.put(type, SerializableTable.copyOf(table)));
        MergeTask task = new MergeTask();
        return spark.parallelize(groups, groups.size())
                .zipWithIndex()
                .map(group -> task.merge(
                        shipped.get(group._1().type()), group._1(), group._2().intValue()))
                .collect();
    }

    private static void commit(Table table, List<Merged> merged) {
        List<DataFile> small = new ArrayList<>();
        List<DataFile> whole = new ArrayList<>();
        for (Merged one : merged) {
            if (!one.isComplete()) {
                throw new IllegalStateException(
                        "Merging files of %s lost records; nothing was changed".formatted(table.name()));
            }
            small.addAll(one.small().files());
            whole.addAll(one.files());
        }
        new FileReplacement(small, whole).commitTo(table);
    }
}
