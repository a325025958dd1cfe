package countinghouse.batch.archive;

import static java.nio.charset.StandardCharsets.UTF_8;

import countinghouse.batch.archive.Archived.ArchivedTable;
import countinghouse.batch.catalog.IcebergCatalog;
import countinghouse.batch.catalog.OrderedFiles;
import countinghouse.bench.batch.workload.Delivery;
import countinghouse.bench.batch.workload.TicketAccounts;
import countinghouse.bench.batch.workload.TicketDays;
import countinghouse.metering.time.BucketClock;
import countinghouse.schemas.EventType;
import countinghouse.schemas.registry.EventDecoder;
import countinghouse.schemas.registry.EventEncoder;
import countinghouse.schemas.registry.SchemaRegistry;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.apache.iceberg.AppendFiles;
import org.apache.iceberg.DataFile;
import org.apache.iceberg.Snapshot;
import org.apache.iceberg.Table;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;

/**
 * Days in the archive as the archive job would have left them: the rows, files and commits of production, one run a day; only the append
 * times are the workload's instead of a broker's. In the package of what it calls, which has no other callers.
 */
public final class GeneratedArchive {
    private static final String TOPIC_ID = "bench";

    private final IcebergCatalog catalog;
    private final SchemaRegistry registry;
    private final TicketDays days;
    private Archived lastWritten;

    public GeneratedArchive(IcebergCatalog catalog, SchemaRegistry registry, TicketDays days) {
        this.catalog = catalog;
        this.registry = registry;
        this.days = days;
    }

    /** The run that archived a day. */
    public static String runOf(int day) {
        return "day-" + day;
    }

    /** The snapshot in which a day is the last. */
    public static long snapshotOf(Table table, int day) {
        return ArchiveProgress.ofRun(table, runOf(day))
                .map(Snapshot::snapshotId)
                .orElseThrow();
    }

    /** Archives a day, the partitions in parallel. */
    public void write(int day) {
        for (EventType type : EventType.values()) {
            catalog.prepareRaw(type);
        }
        Table table = catalog.raw(EventType.TICKET);
        AppendFiles append = table.newAppend();
        long firstOffset = (long) (day - days.firstDay()) * days.recordsPerPartition();
        IntStream.range(0, TicketDays.PARTITIONS)
                .parallel()
                .mapToObj(partition -> write(table, day, partition, firstOffset))
                .toList()
                .forEach(files -> files.forEach(append::appendFile));
        Map<Integer, Long> nextOffsets = new TreeMap<>();
        Map<Integer, Long> runningMaxima = new TreeMap<>();
        for (int partition = 0; partition < TicketDays.PARTITIONS; partition++) {
            nextOffsets.put(partition, firstOffset + days.recordsPerPartition());
            runningMaxima.put(partition, days.appendTimeMs(day, days.recordsPerPartition() - 1));
        }
        new ArchiveProgress(TOPIC_ID, nextOffsets, runningMaxima)
                .properties(runOf(day))
                .forEach(append::set);
        append.commit();
        lastWritten = archived(nextOffsets, runningMaxima);
    }

    /** The archive's outcome on the last day written. */
    public Archived lastWritten() {
        return lastWritten;
    }

    private Archived archived(Map<Integer, Long> nextOffsets, Map<Integer, Long> runningMaxima) {
        Map<String, ArchivedTable> tables = new TreeMap<>();
        for (EventType type : EventType.values()) {
            Table table = catalog.raw(type);
            if (table.currentSnapshot() == null) {
                AppendFiles nothing = table.newAppend();
                new ArchiveProgress(TOPIC_ID, Map.of(), Map.of())
                        .properties("empty")
                        .forEach(nothing::set);
                nothing.commit();
                table.refresh();
            }
            boolean isFilled = type == EventType.TICKET;
            tables.put(
                    type.slug(),
                    new ArchivedTable(
                            table.currentSnapshot().snapshotId(),
                            isFilled ? nextOffsets : Map.of(),
                            isFilled ? runningMaxima : Map.of()));
        }
        return new Archived(tables, days.recordsPerDay());
    }

    private List<DataFile> write(Table table, int day, int partition, long firstOffset) {
        ArchiveRows rows = new ArchiveRows(
                EventType.TICKET,
                TOPIC_ID,
                table.schema(),
                new EventDecoder(registry, EventType.TICKET),
                new NewFieldDecoder(registry, EventType.TICKET, table.schema()),
                new BucketClock(Duration.ofMillis(TicketDays.BUCKET_MS), BucketClock.START),
                (record, reason) -> {
                    throw new IllegalStateException("The workload has no undecodable records", reason);
                });
        TicketRecords tickets = new TicketRecords(new EventEncoder(registry, EventType.TICKET));
        try (OrderedFiles files = new OrderedFiles(table, runOf(day), partition)) {
            for (int index = 0; index < days.recordsPerPartition(); index++) {
                Delivery delivery = days.delivery(day, partition, index);
                byte[] key = TicketAccounts.name(delivery.ticket().account()).getBytes(UTF_8);
                byte[] value = tickets.encode(delivery.ticket());
                files.write(rows.row(new ConsumerRecord<>(
                        EventType.TICKET.topic(),
                        partition,
                        firstOffset + index,
                        delivery.appendTimeMs(),
                        TimestampType.LOG_APPEND_TIME,
                        key.length,
                        value.length,
                        key,
                        value,
                        new RecordHeaders(),
                        Optional.empty())));
            }
            return files.complete();
        }
    }
}
