package countinghouse.speed.state;

/** Where state writes its changes: the change-logged store it belongs to. */
@FunctionalInterface
public interface ChangelogWriter {
    /**
     * Writes one entry.
     *
     * @param value null deletes the entry
     */
    void write(byte[] key, byte[] value);
}
