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
            "SELECT s.key, s.value::bigint, manifest ->> 'tag' FROM published.generation, jsonb_each_text(manifest -> 'snapshots') s";

    private final Map<String, List<Named>> ofGenerations;
    private final Instant cutoff;

    /** A snapshot that a generation's manifest names, and the generation's tag. */
    private record Named(String table, long snapshotId, String tag) {}

    private SnapshotsInUse(Map<String, List<Named>> ofGenerations, Instant cutoff) {
        this.ofGenerations = ofGenerations;
        this.cutoff = cutoff;
    }

    /** @param cutoff snapshots that are not older stay: a run may be about to use them */
    static SnapshotsInUse of(Database database, Instant cutoff) {
        Map<String, List<Named>> named = database.jdbi().withHandle(handle -> handle.createQuery(OF_GENERATIONS)
                .map((row, context) -> new Named(row.getString(1), row.getLong(2), row.getString(3)))
                .collect(Collectors.groupingBy(Named::table)));
        return new SnapshotsInUse(named, cutoff);
    }

    /** The snapshots of a table that nobody needs. */
    List<Long> unneeded(String tableName, Table table) {
        Set<Long> needed = new HashSet<>();
        // A tag may hold the successor of what the manifest names, from which a person was erased.
        ofGenerations.getOrDefault(tableName, List.of()).stream()
                .filter(named -> !table.refs().containsKey(named.tag()))
                .map(Named::snapshotId)
                .forEach(needed::add);
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
