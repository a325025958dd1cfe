package countinghouse.serving.publication;

import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/**
 * What the commands of the batch layer left in PostgreSQL, for those who watch.
 *
 * @param generation served; empty before the first publish
 * @param gates of the run begun last, by name
 * @param reconciliation of the run compared last; empty before the first
 * @param proof of the archive; empty before the first
 * @param days value of each meter over all accounts on the last whole ingest day of the generation, and on the day before
 */
record PublishedFigures(
        Optional<Served> generation,
        Map<String, Gate> gates,
        Optional<Compared> reconciliation,
        Optional<Proof> proof,
        Map<String, Days> days) {
    static final PublishedFigures NONE =
            new PublishedFigures(Optional.empty(), Map.of(), Optional.empty(), Optional.empty(), Map.of());

    record Served(long number, Instant publishedAt, Instant closedThrough) {}

    record Gate(int failures, int warnings) {}

    record Compared(long rows, long mismatches) {}

    /**
     * A proof of the archive.
     *
     * @param faults partitions of which it does not hold
     */
    record Proof(Instant at, long faults) {}

    record Days(double last, double before) {
        static final Days NONE = new Days(Double.NaN, Double.NaN);
    }
}
