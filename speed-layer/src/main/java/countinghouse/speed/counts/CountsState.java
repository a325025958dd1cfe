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
import java.util.Map;
import org.apache.kafka.common.TopicPartition;

/** The counts of one task: its rows, and how far each of its source partitions is counted. */
public final class CountsState implements RestorableState {
    private final Duration bucketWidth;
    private final CountRows rows = new CountRows();
    private final Map<TopicPartition, SourceState> sources = new HashMap<>();
    private final LiveViews live = new LiveViews();

    public CountsState(Duration bucketWidth) {
        this.bucketWidth = bucketWidth;
    }

    /** Whether the counts hold this record's effect already: it is a replay of itself and no duplicate. */
    public boolean hasPassed(TopicPartition source, long offset) {
        return of(source).clock().hasPassed(offset);
    }

    /** How many records of a source were lost before this one; no transaction writes the event topics, so a gap in offsets is a loss. */
    public long missingBefore(TopicPartition source, long offset) {
        return of(source).clock().missingBefore(offset);
    }

    /** Passes a record of a source; returns the start in ms of the ingest bucket it lies in. */
    public long pass(TopicPartition source, long offset, long appendTimeMs) {
        return of(source).pass(offset, appendTimeMs);
    }

    /** Whether the rows of a source's bucket are counted: below the floor they were dropped, or lie before the start of the epoch. */
    public boolean isHeld(TopicPartition source, long bucketMs) {
        return bucketMs >= of(source).floorMs();
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
        SourceState state = of(source);
        long raisedMs = Math.min(floorMs, state.clock().bucketMs());
        if (state.raiseFloor(raisedMs)) {
            rows.dropBefore(state.partition(), raisedMs);
            live.dropBefore(source.topic(), raisedMs);
        }
    }

    /**
     * Writes what changed: floors before the tombstones that they explain, then rows, then the progress that covers them. Returns how
     * many rows were written.
     */
    public int flush(ChangelogWriter changelog) {
        sources.forEach((source, state) -> {
            if (state.takeRaised()) {
                changelog.write(FloorCodec.encodeKey(source), FloorCodec.encodeValue(state.floorMs()));
            }
        });
        int flushed = rows.flush(changelog);
        live.flush(changelog);
        sources.forEach((source, state) -> {
            if (state.takeAdvanced()) {
                changelog.write(
                        ProgressCodec.encodeKey(source),
                        ProgressCodec.encodeValue(state.clock().progress()));
            }
        });
        return flushed;
    }

    @Override
    public void clear() {
        rows.clear();
        sources.clear();
        live.clear();
    }

    @Override
    public void restore(byte[] key, byte[] value) {
        if (RowCodec.isRow(key)) {
            rows.restore(RowCodec.decodeKey(key), value == null ? null : RowCodec.decodeValue(value));
        } else if (ProgressCodec.isProgress(key) && value != null) {
            of(ProgressCodec.decodeKey(key)).restore(SourceClock.from(bucketWidth, ProgressCodec.decodeValue(value)));
        } else if (FloorCodec.isFloor(key) && value != null) {
            of(FloorCodec.decodeKey(key)).restore(FloorCodec.decodeValue(value));
        } else if (LiveCodec.isLive(key)) {
            live.restore(key, value);
        }
    }

    @Override
    public long size() {
        return rows.size() + live.size();
    }

    private SourceState of(TopicPartition source) {
        SourceState state = sources.get(source);
        if (state == null) {
            String partition = RowKey.partitionName(source.topic(), source.partition());
            state = new SourceState(partition, SourceClock.atStart(bucketWidth));
            sources.put(source, state);
        }
        return state;
    }
}
