package countinghouse.speed.counts;

/** What the counts hold of one source partition beside its rows, and what of it changed since the last flush. */
final class SourceState {
    static final long NOTHING_DROPPED = Long.MIN_VALUE;

    private final String partition;
    private SourceClock clock;
    private long floorMs = NOTHING_DROPPED;
    private boolean advanced;
    private boolean raised;

    /**
     * @param partition its name in row keys
     */
    SourceState(String partition, SourceClock clock) {
        this.partition = partition;
        this.clock = clock;
    }

    String partition() {
        return partition;
    }

    SourceClock clock() {
        return clock;
    }

    void restore(SourceClock restored) {
        clock = restored;
    }

    void restore(long restoredFloorMs) {
        floorMs = restoredFloorMs;
    }

    /** Passes a record; returns the start in ms of its ingest bucket. */
    long pass(long offset, long appendTimeMs) {
        advanced = true;
        return clock.pass(offset, appendTimeMs);
    }

    /** Start in ms of the oldest bucket that is held; {@link #NOTHING_DROPPED} while all are. */
    long floorMs() {
        return floorMs;
    }

    /** Returns whether the floor was lower. */
    boolean raiseFloor(long raisedMs) {
        if (raisedMs <= floorMs) {
            return false;
        }
        floorMs = raisedMs;
        raised = true;
        return true;
    }

    /** Whether the floor rose since the last time this was asked. */
    boolean takeRaised() {
        boolean was = raised;
        raised = false;
        return was;
    }

    /** Whether records were passed since the last time this was asked. */
    boolean takeAdvanced() {
        boolean was = advanced;
        advanced = false;
        return was;
    }
}
