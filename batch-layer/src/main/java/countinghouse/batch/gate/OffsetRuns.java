package countinghouse.batch.gate;

import java.io.Serializable;
import java.nio.ByteBuffer;
import java.util.Map;
import java.util.TreeMap;

/**
 * A set of offsets as runs without a gap, and how many were added again. It is exact in whatever order offsets come; in ascending order,
 * as files of the archive have them, it is a run for each stretch that was read (ADR 0112). Not thread-safe.
 */
public final class OffsetRuns implements Serializable {
    private static final long serialVersionUID = 1;

    /** Start and exclusive end of each run but the open one; no two touch. */
    private final TreeMap<Long, Long> runs = new TreeMap<>();

    private long repeats;
    /** The run that grows, as long as it does not reach the next one. */
    private long openFrom;

    private long openTo;
    private long nextFrom;

    /** Reads what {@link #bytes} gave. */
    static OffsetRuns of(byte[] bytes) {
        OffsetRuns read = new OffsetRuns();
        ByteBuffer buffer = ByteBuffer.wrap(bytes);
        read.repeats = buffer.getLong();
        while (buffer.hasRemaining()) {
            read.runs.put(buffer.getLong(), buffer.getLong());
        }
        return read;
    }

    void add(long offset) {
        if (offset == openTo && openTo > openFrom && offset < nextFrom) {
            openTo++;
            return;
        }
        closeRun();
        Map.Entry<Long, Long> before = runs.floorEntry(offset);
        if (before != null && offset < before.getValue()) {
            repeats++;
            return;
        }
        openFrom = offset;
        openTo = offset + 1;
        Long next = runs.higherKey(offset);
        nextFrom = next == null ? Long.MAX_VALUE : next;
    }

    /** Adds all that another set has. */
    OffsetRuns addAll(OffsetRuns other) {
        closeRun();
        other.closeRun();
        repeats += other.repeats;
        other.runs.forEach(this::addRun);
        return this;
    }

    private void closeRun() {
        if (openTo > openFrom) {
            addRun(openFrom, openTo);
            openFrom = openTo;
        }
    }

    private void addRun(long from, long to) {
        long start = from;
        long end = to;
        Map.Entry<Long, Long> touching = runs.floorEntry(end);
        while (touching != null && touching.getValue() >= from) {
            repeats += Math.max(0, Math.min(to, touching.getValue()) - Math.max(from, touching.getKey()));
            start = Math.min(start, touching.getKey());
            end = Math.max(end, touching.getValue());
            runs.remove(touching.getKey());
            touching = runs.floorEntry(to);
        }
        runs.put(start, end);
    }

    /** How many different offsets there are. */
    long size() {
        closeRun();
        return runs.entrySet().stream()
                .mapToLong(run -> run.getValue() - run.getKey())
                .sum();
    }

    /** How many were added that were there already. */
    long repeats() {
        return repeats;
    }

    /** The lowest; there is one. */
    long first() {
        closeRun();
        return runs.firstKey();
    }

    /** The highest; there is one. */
    long last() {
        closeRun();
        return runs.lastEntry().getValue() - 1;
    }

    byte[] bytes() {
        closeRun();
        ByteBuffer buffer = ByteBuffer.allocate(Long.BYTES * (1 + 2 * runs.size()));
        buffer.putLong(repeats);
        runs.forEach((from, to) -> buffer.putLong(from).putLong(to));
        return buffer.array();
    }
}
