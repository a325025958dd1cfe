package countinghouse.batch.generation;

import com.fasterxml.jackson.core.JsonProcessingException;
import countinghouse.batch.recompute.Conservation;
import countinghouse.kit.http.Json;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/**
 * All that a generation contains and all that it was made from; immutable.
 *
 * @param generation its number
 * @param parent the generation it replaced; null for the first
 * @param runNumber of the run that made it
 * @param runId of the run that made it
 * @param closedThrough exclusive end of the last bucket it counts
 * @param tag of every table below
 * @param snapshots Iceberg snapshot id by table name ({@code raw.view}, {@code counts.rows}, ...)
 * @param endOffsets topic to partition to the exclusive end of what was archived
 * @param runningMaxima topic to partition to the append-time maximum in ms at that end
 * @param versions what the counts were made with
 * @param conservation totals over the whole history, by topic
 * @param gates verdict by gate
 * @param startedAt when the run began to publish
 * @param publishedBy who published it
 */
public record Manifest(
        long generation,
        Long parent,
        long runNumber,
        String runId,
        Instant closedThrough,
        String tag,
        Map<String, Long> snapshots,
        Map<String, Map<Integer, Long>> endOffsets,
        Map<String, Map<Integer, Long>> runningMaxima,
        Versions versions,
        Map<String, Conservation> conservation,
        Map<String, List<String>> gates,
        Instant startedAt,
        String publishedBy) {
    /** The manifest in a {@code published.generation} row. */
    public static Manifest parse(String json) {
        try {
            return Json.mapper().readValue(json, Manifest.class);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("A manifest is unreadable; another build may have written it", e);
        }
    }
}
