package countinghouse.batch.archive;

import countinghouse.batch.catalog.IcebergCatalog;
import countinghouse.bench.batch.workload.TicketDays;
import countinghouse.kit.config.KafkaConfig;
import countinghouse.schemas.EventType;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.ToLongFunction;
import java.util.stream.IntStream;
import org.apache.iceberg.Table;

/**
 * Archives a topic by the archive job's own plan and tasks, without its commit, beside a consumer that does nothing with what it reads.
 * In the package of what it calls, which has no other callers.
 */
public final class ArchivingPass {
    private final KafkaConfig kafka;
    private final String registryUrl;
    private final Table table;
    private final List<PartitionRange> ranges;
    private int passes;

    public ArchivingPass(IcebergCatalog catalog, KafkaConfig kafka, String registryUrl) {
        this.kafka = kafka;
        this.registryUrl = registryUrl;
        this.table = catalog.prepareRaw(EventType.TICKET);
        Map<Integer, Long> noTicks = new TreeMap<>();
        IntStream.range(0, TicketDays.PARTITIONS).forEach(partition -> noTicks.put(partition, -1L));
        try (LogEnds ends = new LogEnds(kafka.bootstrapServers())) {
            this.ranges = ends.ranges(EventType.TICKET, ArchiveProgress.of(table), noTicks);
        }
    }

    /** Writes the topic's records to files; how many there are. */
    public long archive() {
        PartitionArchiver archiver = new PartitionArchiver(
                kafka.bootstrapServers(), registryUrl, Duration.ofMillis(TicketDays.BUCKET_MS), "pass-" + ++passes);
        return inParallel(range -> {
            archiver.archive(table, range, range.partition());
            return range.toOffset() - range.fromOffset();
        });
    }

    /** Reads the topic's records and forgets them; how many there are. */
    public long consume() {
        return inParallel(range -> {
            LongAdder records = new LongAdder();
            LogReader.read(kafka.bootstrapServers(), range, record -> records.increment());
            return records.sum();
        });
    }

    private long inParallel(ToLongFunction<PartitionRange> work) {
        return ranges.parallelStream().mapToLong(work).sum();
    }
}
