package countinghouse.bench.freshness;

import it.unimi.dsi.fastutil.longs.LongArrayList;
import org.HdrHistogram.Histogram;

/**
 * The records of one partition between acceptance and visibility. Written by the producer's thread in the order of offsets, read by the one that
 * watches Redis.
 */
final class PartitionArrivals {
    private final LongArrayList scheduledNs = new LongArrayList();
    private final LongArrayList acceptedNs = new LongArrayList();
    private int visible;

    /** The broker has accepted the record at the next offset. */
    synchronized void accepted(long offset, long scheduled, long accepted) {
        if (offset != acceptedNs.size()) {
            throw new IllegalStateException(
                    "Offset %d was accepted after %d records".formatted(offset, acceptedNs.size()));
        }
        scheduledNs.add(scheduled);
        acceptedNs.add(accepted);
    }

    /**
     * The records before an offset are visible at an instant.
     *
     * @param fromNs records scheduled earlier are not recorded
     */
    synchronized void visible(long nextOffset, long nowNs, long fromNs, Histogram accepted, Histogram scheduled) {
        // A record may become visible before the producer hears that it was accepted: it waits for the next look.
        int end = (int) Math.min(nextOffset, acceptedNs.size());
        for (; visible < end; visible++) {
            if (scheduledNs.getLong(visible) >= fromNs) {
                accepted.recordValue(micros(nowNs - acceptedNs.getLong(visible)));
                scheduled.recordValue(micros(nowNs - scheduledNs.getLong(visible)));
            }
        }
    }

    synchronized int seen() {
        return visible;
    }

    private static long micros(long nanos) {
        return Math.max(0, nanos / 1000);
    }
}
