package countinghouse.speed.dedup;

import java.nio.ByteBuffer;

/**
 * Identities of one bucket on their way to the changelog. A chunk there is a version byte, then per identity its 16 bytes and the 4 of the digest of its
 * first payload.
 */
final class IdentityChunk {
    /** 500 kB: well below the 1 MB that a broker takes in one request. */
    static final int MAX_IDENTITIES = 25_000;

    private static final byte VERSION = 1;
    private static final int ENTRY_BYTES = 2 * Long.BYTES + Integer.BYTES;
    private static final int SMALLEST = 16;
    /** Less than half a MiB, from which on the garbage collector treats an array apart. */
    private static final int LARGEST_BYTES = 1 + MAX_IDENTITIES * ENTRY_BYTES;

    private ByteBuffer entries = ByteBuffer.allocate(1 + SMALLEST * ENTRY_BYTES).put(VERSION);
    private int size;

    /** Takes what is in a chunk. */
    @FunctionalInterface
    interface Reader {
        void take(long high, long low, int digest);
    }

    void add(long high, long low, int digest) {
        if (entries.remaining() < ENTRY_BYTES) {
            ByteBuffer larger = ByteBuffer.allocate(Math.min(2 * entries.capacity(), LARGEST_BYTES));
            entries = larger.put(entries.flip());
        }
        entries.putLong(high).putLong(low).putInt(digest);
        size++;
    }

    boolean isFull() {
        return size == MAX_IDENTITIES;
    }

    byte[] encode() {
        byte[] bytes = new byte[entries.position()];
        entries.get(0, bytes);
        return bytes;
    }

    /**
     * Reads a chunk of the changelog.
     *
     * @throws IllegalStateException if another build wrote it
     */
    static void decode(byte[] bytes, Reader reader) {
        ByteBuffer buffer = ByteBuffer.wrap(bytes);
        byte version = buffer.get();
        if (version != VERSION) {
            throw new IllegalStateException("A chunk of identities is of version %d, not %d: another build wrote it"
                    .formatted(version, VERSION));
        }
        while (buffer.hasRemaining()) {
            reader.take(buffer.getLong(), buffer.getLong(), buffer.getInt());
        }
    }
}
