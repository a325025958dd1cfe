package countinghouse.batch.maintenance;

import countinghouse.batch.archive.ArchiveProgress;
import countinghouse.kit.database.Database;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.iceberg.Snapshot;
import org.apache.iceberg.SnapshotRef;
import org.apache.iceberg.Table;
import org.apache.iceberg.util.SnapshotUtil;

/** Which snapshots must stay: what is current, tagged, named by a generation, young, or the newest word on the archive's progress. */
final class SnapshotsInUse {
    private static final String OF_GENERATIONS =
            "SELECT s.key, s.value::bigint FROM published.generation, jsonb_each_text(manifest -> 'snapshots') s";

    private final Map<String, Set<Long>> ofGenerations;
    private final Instant cutoff;

    private SnapshotsInUse(Map<String, Set<Long>> ofGenerations, Instant cutoff) {
        this.ofGenerations = ofGenerations;
        this.cutoff = cutoff;
    }

    /** @param cutoff snapshots that are not older stay: a run may be about to use them */
    static SnapshotsInUse of(Database database, Instant cutoff) {
        Map<String, Set<Long>> named = database.jdbi().withHandle(handle -> handle.createQuery(OF_GENERATIONS)
                .map((row, context) -> Map.entry(row.getString(1), row.getLong(2)))
                .collect(Collectors.groupingBy(
                        Map.Entry::getKey, Collectors.mapping(Map.Entry::getValue, Collectors.toSet()))));
        return new SnapshotsInUse(named, cutoff);
    }

    /** The snapshots of a table that nobody needs. */
    List<Long> unneeded(String tableName, Table table) {
        Set<Long> needed = new HashSet<>(ofGenerations.getOrDefault(tableName, Set.of()));
        table.refs().values().stream().map(SnapshotRef::snapshotId).forEach(needed::add);
        Optional.ofNullable(table.currentSnapshot()).map(Snapshot::snapshotId).ifPresent(needed::add);
        ArchiveProgress.newestSnapshot(SnapshotUtil.currentAncestors(table))
                .map(Snapshot::snapshotId)
                .ifPresent(needed::add);
        return java.util.stream.StreamSupport.stream(table.snapshots().spliterator(), false)
                .filter(snapshot -> snapshot.timestampMillis() < cutoff.toEpochMilli())
                .map(Snapshot::snapshotId)
                .filter(id -> !needed.contains(id))
                .toList();
    }
}
