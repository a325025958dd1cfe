package countinghouse.batch.recompute;

import countinghouse.batch.generation.Versions;
import countinghouse.batch.run.Step;
import java.util.List;

/**
 * The outcome of a recomputation.
 *
 * @param parent generation that it builds on; null for the first
 * @param closedThroughMs exclusive end of the last closed bucket
 * @param ranges of ingest days that were recomputed
 * @param days what became of each day that has records
 * @param countsSnapshotId of {@code counts.rows}, with this run's rows
 * @param lateSnapshotId of {@code counts.late_duplicates}, with this run's rows
 * @param removedSnapshotId of {@code counts.removed_by_history}, with this run's rows
 * @param addedSnapshotId of {@code counts.added_by_history}, with this run's rows
 * @param rows written
 * @param versions that counted
 */
public record Recomputed(
        Long parent,
        long closedThroughMs,
        List<DayRange> ranges,
        List<Day> days,
        long countsSnapshotId,
        long lateSnapshotId,
        long removedSnapshotId,
        long addedSnapshotId,
        long rows,
        Versions versions) {
    public static final Step<Recomputed> STEP = new Step<>("recompute", Recomputed.class);

    /**
     * An ingest day.
     *
     * @param day days since the epoch
     * @param partitions where the records of each partition went
     */
    public record Day(int day, List<Conservation> partitions) {}
}
