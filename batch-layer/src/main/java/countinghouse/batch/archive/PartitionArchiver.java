package countinghouse.batch.archive;

import countinghouse.batch.catalog.OrderedFiles;
import countinghouse.metering.time.BucketClock;
import countinghouse.schemas.registry.EventDecoder;
import countinghouse.schemas.registry.SchemaRegistry;
import java.io.Serializable;
import java.time.Duration;
import org.apache.iceberg.Table;

/**
 * Archives one range; runs inside a Spark task.
 *
 * @param bootstrapServers of Kafka
 * @param registryUrl of the schema registry
 * @param bucketWidth of ingest buckets
 * @param operation makes the names of files unique among runs
 */
public record PartitionArchiver(String bootstrapServers, String registryUrl, Duration bucketWidth, String operation)
        implements Serializable {
    /** Writes the range's data files; they become part of the table only by the driver's commit. */
    ArchivedRange archive(Table table, PartitionRange range, int task) {
        BucketClock clock = new BucketClock(bucketWidth, range.runningMaximumMs());
        SchemaRegistry registry = Registries.of(registryUrl);
        EventDecoder decoder = new EventDecoder(registry, range.type());
        NewFieldDecoder newFields = new NewFieldDecoder(registry, range.type(), table.schema());
        try (OrderedFiles files = new OrderedFiles(table, operation, task);
                QuarantineProducer quarantine = new QuarantineProducer(bootstrapServers)) {
            ArchiveRows rows = new ArchiveRows(
                    range.type(), range.topicId(), table.schema(), decoder, newFields, clock, quarantine::send);
            LogReader.read(bootstrapServers, range, record -> files.write(rows.row(record)));
            quarantine.flush();
            return new ArchivedRange(range, files.complete(), clock.runningMaximumMs());
        }
    }
}
