package countinghouse.batch.archive;

import countinghouse.batch.catalog.IcebergCatalog;
import countinghouse.batch.catalog.OrderedFiles;
import countinghouse.metering.time.BucketClock;
import countinghouse.schemas.EventType;
import countinghouse.schemas.registry.EventDecoder;
import countinghouse.schemas.registry.SchemaRegistry;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.iceberg.AppendFiles;
import org.apache.iceberg.DataFile;
import org.apache.iceberg.Table;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * Archives records whose append times are chosen rather than a broker's, as the archive job does: the same rows, the same files, the same
 * progress in the commit. In the package of what it calls, which has no other callers.
 */
public final class ChosenTimes {
    private static final String TOPIC_ID = "story";

    private final IcebergCatalog catalog;
    private final SchemaRegistry registry;
    private final Duration bucketWidth;

    public ChosenTimes(IcebergCatalog catalog, SchemaRegistry registry, Duration bucketWidth) {
        this.catalog = catalog;
        this.registry = registry;
        this.bucketWidth = bucketWidth;
    }

    /** Archives the records of a run, each partition's in the order given. */
    public Archived archive(String runId, Map<EventType, Map<Integer, List<ConsumerRecord<byte[], byte[]>>>> records) {
        Map<String, Archived.ArchivedTable> outcome = new TreeMap<>();
        long count = 0;
        for (EventType type : EventType.values()) {
            Table table = catalog.prepareRaw(type);
            Map<Integer, List<ConsumerRecord<byte[], byte[]>>> ofType = records.getOrDefault(type, Map.of());
            ArchiveProgress start = ArchiveProgress.of(table);
            Map<Integer, Long> nextOffsets = new TreeMap<>(start.nextOffsets());
            Map<Integer, Long> runningMaxima = new TreeMap<>(start.runningMaxima());
            AppendFiles append = table.newAppend();
            for (Map.Entry<Integer, List<ConsumerRecord<byte[], byte[]>>> entry : ofType.entrySet()) {
                int partition = entry.getKey();
                BucketClock clock = new BucketClock(bucketWidth, start.runningMaximumMs(partition));
                write(runId, type, table, clock, entry.getValue()).forEach(append::appendFile);
                nextOffsets.merge(partition, (long) entry.getValue().size(), Long::sum);
                runningMaxima.put(partition, clock.runningMaximumMs());
                count += entry.getValue().size();
            }
            new ArchiveProgress(TOPIC_ID, nextOffsets, runningMaxima)
                    .properties(runId)
                    .forEach(append::set);
            append.commit();
            table.refresh();
            outcome.put(
                    type.slug(),
                    new Archived.ArchivedTable(table.currentSnapshot().snapshotId(), nextOffsets, runningMaxima));
        }
        return new Archived(outcome, count);
    }

    private List<DataFile> write(
            String runId,
            EventType type,
            Table table,
            BucketClock clock,
            List<ConsumerRecord<byte[], byte[]>> records) {
        ArchiveRows rows = new ArchiveRows(
                type,
                TOPIC_ID,
                table.schema(),
                new EventDecoder(registry, type),
                new NewFieldDecoder(registry, type, table.schema()),
                clock,
                (record, reason) -> {
                    throw new IllegalStateException("The story has no undecodable records", reason);
                });
        try (OrderedFiles files = new OrderedFiles(
                table, runId, type.ordinal() * 1000 + records.get(0).partition())) {
            records.forEach(record -> files.write(rows.row(record)));
            return files.complete();
        }
    }
}
