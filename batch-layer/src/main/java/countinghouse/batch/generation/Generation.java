package countinghouse.batch.generation;

import java.time.Instant;

/**
 * A published generation.
 *
 * @param number never reused
 * @param parent the generation it replaced; null for the first
 * @param runId the run that made it
 * @param closedThroughMs exclusive end of the last bucket it counts
 * @param publishedAt when
 * @param publishedBy who
 * @param isCurrent whether readers are served from it
 */
public record Generation(
        long number,
        Long parent,
        String runId,
        long closedThroughMs,
        Instant publishedAt,
        String publishedBy,
        boolean isCurrent) {}
