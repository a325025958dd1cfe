package countinghouse.bench.batch.task;

import countinghouse.batch.archive.GeneratedArchive;
import countinghouse.batch.catalog.IcebergCatalog;
import countinghouse.batch.catalog.OffsetOrder;
import countinghouse.bench.batch.workload.TicketDays;
import countinghouse.schemas.EventType;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.iceberg.DataFile;
import org.apache.iceberg.Table;

/**
 * Files of the archive of tickets.
 *
 * @param day paths of the day's files
 * @param lookBack paths of the files of the 36 days before it
 */
record ArchiveFiles(List<String> day, List<String> lookBack) {
    private static final int HORIZON_DAYS = 36;

    /** The files of a day, of all partitions together or of each. */
    static List<ArchiveFiles> of(IcebergCatalog catalog, int day, boolean byPartition) {
        Table raw = catalog.raw(EventType.TICKET);
        long snapshot = GeneratedArchive.snapshotOf(raw, day);
        List<DataFile> all = OffsetOrder.files(raw, snapshot, day - HORIZON_DAYS, day + 1);
        if (!byPartition) {
            return List.of(of(all.stream(), day));
        }
        return IntStream.range(0, TicketDays.PARTITIONS)
                .mapToObj(partition -> of(all.stream().filter(file -> OffsetOrder.partitionOf(file) == partition), day))
                .toList();
    }

    private static ArchiveFiles of(Stream<DataFile> files, int day) {
        List<DataFile> some = files.toList();
        return new ArchiveFiles(
                some.stream()
                        .filter(file -> OffsetOrder.dayOf(file) == day)
                        .map(ArchiveFiles::path)
                        .toList(),
                some.stream()
                        .filter(file -> OffsetOrder.dayOf(file) < day)
                        .map(ArchiveFiles::path)
                        .toList());
    }

    private static String path(DataFile file) {
        return Path.of(URI.create(file.location().replaceFirst("^file:/+", "file:///")))
                .toString();
    }
}
