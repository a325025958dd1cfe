package countinghouse.speed.counts;

import countinghouse.metering.meter.Aggregation;
import countinghouse.metering.row.Contribution;
import countinghouse.metering.row.Fingerprint;
import countinghouse.metering.row.RowCodec;
import countinghouse.metering.row.RowKey;
import countinghouse.speed.state.ChangelogWriter;
import countinghouse.speed.state.RestorableState;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.common.TopicPartition;

/** The counts of one task: its rows, and how far each of its source partitions is counted. */
public final class CountsState implements RestorableState {
    private final Duration bucketWidth;
    private final CountRows rows = new CountRows();
    private final Map<TopicPartition, SourceClock> clocks = new HashMap<>();
    private final Set<TopicPartition> advanced = new HashSet<>();

    public CountsState(Duration bucketWidth) {
        this.bucketWidth = bucketWidth;
    }

    /** Whether the counts hold this record's effect already: it is a replay of itself and no duplicate. */
    public boolean hasPassed(TopicPartition source, long offset) {
        return clockOf(source).hasPassed(offset);
    }

    /** How many records of a source were lost before this one; no transaction writes the event topics, so a gap in offsets is a loss. */
    public long missingBefore(TopicPartition source, long offset) {
        return clockOf(source).missingBefore(offset);
    }

    /** Passes a record of a source; returns the start in ms of the ingest bucket it lies in. */
    public long pass(TopicPartition source, long offset, long appendTimeMs) {
        advanced.add(source);
        return clockOf(source).pass(offset, appendTimeMs);
    }

    /** Adds one contribution to its row. */
    public void add(RowKey key, Aggregation aggregation, Contribution contribution, Fingerprint fingerprint) {
        rows.add(key, aggregation, contribution, fingerprint);
    }

    /** Drops the rows of buckets that start before an instant; they must never be counted into again. */
    public void dropBefore(long bucketMs) {
        rows.dropBefore(bucketMs);
    }

    /** Writes what changed: rows first, then the progress that covers them. Returns how many rows were written. */
    public int flush(ChangelogWriter changelog) {
        int flushed = rows.flush(changelog);
        for (TopicPartition source : advanced) {
            Progress progress = clockOf(source).progress();
            changelog.write(ProgressCodec.encodeKey(source), ProgressCodec.encodeValue(progress));
        }
        advanced.clear();
        return flushed;
    }

    @Override
    public void clear() {
        rows.clear();
        clocks.clear();
        advanced.clear();
    }

    @Override
    public void restore(byte[] key, byte[] value) {
        if (RowCodec.isRow(key)) {
            rows.restore(RowCodec.decodeKey(key), value == null ? null : RowCodec.decodeValue(value));
        } else if (ProgressCodec.isProgress(key) && value != null) {
            clocks.put(ProgressCodec.decodeKey(key), SourceClock.from(bucketWidth, ProgressCodec.decodeValue(value)));
        }
    }

    @Override
    public long size() {
        return rows.size();
    }

    private SourceClock clockOf(TopicPartition source) {
        return clocks.computeIfAbsent(source, ignored -> SourceClock.atStart(bucketWidth));
    }
}
