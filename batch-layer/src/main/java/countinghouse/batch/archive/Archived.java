package countinghouse.batch.archive;

import countinghouse.batch.run.Step;
import java.util.Map;

/**
 * The outcome of an archive run.
 *
 * @param tables by type slug
 * @param records archived by this run
 */
public record Archived(Map<String, ArchivedTable> tables, long records) {
    public static final Step<Archived> STEP = new Step<>("archive", Archived.class);

    /**
     * Where a table got to.
     *
     * @param snapshotId of the table
     * @param nextOffsets by partition, exclusive end of what is archived
     * @param runningMaxima append-time maxima in ms, by partition
     */
    public record ArchivedTable(long snapshotId, Map<Integer, Long> nextOffsets, Map<Integer, Long> runningMaxima) {}

    public ArchivedTable table(String typeSlug) {
        return tables.get(typeSlug);
    }
}
