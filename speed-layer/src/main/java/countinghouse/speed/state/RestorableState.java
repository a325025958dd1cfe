package countinghouse.speed.state;

/** State on the heap that a changelog makes durable. Used by one thread at a time. */
public interface RestorableState {
    /** Becomes empty. */
    void clear();

    /**
     * Takes one entry of the changelog, in the order it was written.
     *
     * @param value null if the entry is a tombstone
     */
    void restore(byte[] key, byte[] value);

    /** How many entries are held. */
    long size();
}
