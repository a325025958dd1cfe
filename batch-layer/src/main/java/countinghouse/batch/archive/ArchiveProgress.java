package countinghouse.batch.archive;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import countinghouse.kit.http.Json;
import countinghouse.metering.time.BucketClock;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.apache.iceberg.Snapshot;
import org.apache.iceberg.SnapshotUpdate;
import org.apache.iceberg.Table;
import org.apache.iceberg.util.SnapshotUtil;

/**
 * How far an archive table reaches: the state that its next run starts from, kept as properties of the snapshot that got it there.
 *
 * @param topicId the topic that was archived; null before the first archive
 * @param nextOffsets by partition
 * @param runningMaxima append-time maxima in ms, by partition
 */
public record ArchiveProgress(String topicId, Map<Integer, Long> nextOffsets, Map<Integer, Long> runningMaxima) {
    static final String NEXT_OFFSETS = "countinghouse.next-offsets";
    static final String RUNNING_MAXIMA = "countinghouse.running-maxima";
    static final String RUN_ID = "countinghouse.run-id";
    static final String TOPIC_ID = "countinghouse.topic-id";

    private static final ArchiveProgress NONE = new ArchiveProgress(null, Map.of(), Map.of());

    /** The progress of a table. */
    public static ArchiveProgress of(Table table) {
        return newest(SnapshotUtil.currentAncestors(table));
    }

    /** The progress in a snapshot and its ancestors, newest first. */
    static ArchiveProgress newest(Iterable<Snapshot> ancestors) {
        return newestSnapshot(ancestors).map(ArchiveProgress::of).orElse(NONE);
    }

    /** The snapshot that tells the progress, of some in a row, newest first: commits of other programs carry none, so it walks past them. */
    public static Optional<Snapshot> newestSnapshot(Iterable<Snapshot> ancestors) {
        for (Snapshot snapshot : ancestors) {
            if (snapshot.summary().containsKey(NEXT_OFFSETS)) {
                return Optional.of(snapshot);
            }
        }
        return Optional.empty();
    }

    /**
     * Lets a maintenance commit carry this progress on, so that it is not lost when the snapshots before expire. The commit is refused if an
     * archiver has moved the table on meanwhile.
     */
    public void carryOn(SnapshotUpdate<?> maintenance) {
        if (topicId != null) {
            progress().forEach(maintenance::set);
        }
        maintenance.validateWith(new ProgressUnchanged(this));
    }

    static ArchiveProgress of(Snapshot snapshot) {
        Map<String, String> summary = snapshot.summary();
        return new ArchiveProgress(
                summary.get(TOPIC_ID), parse(summary.get(NEXT_OFFSETS)), parse(summary.get(RUNNING_MAXIMA)));
    }

    /** The snapshot that a run committed to a table, if it did. */
    static Optional<Snapshot> ofRun(Table table, String runId) {
        for (Snapshot snapshot : SnapshotUtil.currentAncestors(table)) {
            if (runId.equals(snapshot.summary().get(RUN_ID))) {
                return Optional.of(snapshot);
            }
        }
        return Optional.empty();
    }

    long nextOffset(int partition) {
        return nextOffsets.getOrDefault(partition, 0L);
    }

    long runningMaximumMs(int partition) {
        return runningMaxima.getOrDefault(partition, BucketClock.START);
    }

    Map<String, String> properties(String runId) {
        Map<String, String> properties = progress();
        properties.put(RUN_ID, runId);
        return properties;
    }

    private Map<String, String> progress() {
        return new TreeMap<>(Map.of(
                NEXT_OFFSETS,
                Json.text(new TreeMap<>(nextOffsets)),
                RUNNING_MAXIMA,
                Json.text(new TreeMap<>(runningMaxima)),
                TOPIC_ID,
                topicId));
    }

    private static Map<Integer, Long> parse(String json) {
        try {
            return Json.mapper().readValue(json, new TypeReference<TreeMap<Integer, Long>>() {});
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("A snapshot has unreadable archive progress '%s'".formatted(json), e);
        }
    }
}
