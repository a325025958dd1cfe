package countinghouse.speed.counts;

import countinghouse.metering.event.Event;
import countinghouse.metering.meter.Aggregation;
import countinghouse.metering.row.Contribution;
import countinghouse.metering.row.Fingerprint;
import countinghouse.metering.row.RowCodec;
import countinghouse.metering.row.RowKey;
import countinghouse.speed.live.LiveCodec;
import countinghouse.speed.live.LiveViews;
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
    /** Per source, start in ms of the oldest bucket that is held; absent while nothing was dropped. */
    private final Map<TopicPartition, Long> floors = new HashMap<>();

    private final Set<TopicPartition> raised = new HashSet<>();
    private final LiveViews live = new LiveViews();

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

    /** Whether the rows of a source's bucket are counted: below the floor they were dropped, or lie before the start of the epoch. */
    public boolean isHeld(TopicPartition source, long bucketMs) {
        return bucketMs >= floors.getOrDefault(source, Long.MIN_VALUE);
    }

    /** Adds one contribution to its row. */
    public void add(RowKey key, Aggregation aggregation, Contribution contribution, Fingerprint fingerprint) {
        rows.add(key, aggregation, contribution, fingerprint);
    }

    /** Takes an event that is valid and no duplicate into the live views. */
    public void observe(Event event, long bucketMs) {
        live.observe(event, bucketMs);
    }

    /**
     * Drops the rows of a source's buckets that start before an instant. Never those of its current bucket or later ones: a bucket that was
     * dropped and counted into again would lose its new rows to its own tombstones.
     */
    public void raiseFloor(TopicPartition source, long floorMs) {
        long raisedMs = Math.min(floorMs, clockOf(source).bucketMs());
        if (raisedMs > floors.getOrDefault(source, Long.MIN_VALUE)) {
            floors.put(source, raisedMs);
            raised.add(source);
            rows.dropBefore(RowKey.partitionName(source.topic(), source.partition()), raisedMs);
            live.dropBefore(source.topic(), raisedMs);
        }
    }

    /**
     * Writes what changed: floors before the tombstones that they explain, then rows, then the progress that covers them. Returns how
     * many rows were written.
     */
    public int flush(ChangelogWriter changelog) {
        for (TopicPartition source : raised) {
            changelog.write(FloorCodec.encodeKey(source), FloorCodec.encodeValue(floors.get(source)));
        }
        raised.clear();
        int flushed = rows.flush(changelog);
        live.flush(changelog);
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
        floors.clear();
        raised.clear();
        live.clear();
    }

    @Override
    public void restore(byte[] key, byte[] value) {
        if (RowCodec.isRow(key)) {
            rows.restore(RowCodec.decodeKey(key), value == null ? null : RowCodec.decodeValue(value));
        } else if (ProgressCodec.isProgress(key) && value != null) {
            clocks.put(ProgressCodec.decodeKey(key), SourceClock.from(bucketWidth, ProgressCodec.decodeValue(value)));
        } else if (FloorCodec.isFloor(key) && value != null) {
            floors.put(FloorCodec.decodeKey(key), FloorCodec.decodeValue(value));
        } else if (LiveCodec.isLive(key)) {
            live.restore(key, value);
        }
    }

    @Override
    public long size() {
        return rows.size() + live.size();
    }

    private SourceClock clockOf(TopicPartition source) {
        return clocks.computeIfAbsent(source, ignored -> SourceClock.atStart(bucketWidth));
    }
}
