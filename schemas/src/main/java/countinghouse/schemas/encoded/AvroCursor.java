package countinghouse.schemas.encoded;

import countinghouse.schemas.registry.UndecodableException;

/** A place in Avro binary. It accepts and refuses exactly what Avro's own decoder does. Not thread-safe. */
final class AvroCursor {
    private static final int MAX_INT_BYTES = 5;
    private static final int MAX_LONG_BYTES = 10;

    private final byte[] bytes;
    private int position;

    AvroCursor(byte[] bytes, int position) {
        this.bytes = bytes;
        this.position = position;
    }

    int position() {
        return position;
    }

    boolean isAtEnd() {
        return position == bytes.length;
    }

    int readInt() {
        return (int) readVariable(MAX_INT_BYTES);
    }

    long readLong() {
        return readVariable(MAX_LONG_BYTES);
    }

    boolean readBoolean() {
        return next() == 1;
    }

    /** Reads a length and passes over as many bytes; returns where they start. */
    int skipSized() {
        long length = readLong();
        if (length < 0 || length > bytes.length - position) {
            throw new UndecodableException(
                    "a text or number of %d bytes lies beyond the value's end".formatted(length));
        }
        int start = position;
        position += (int) length;
        return start;
    }

    /** Reads how many entries the next block of a map has; 0 after the last block. */
    long readBlock() {
        long count = readLong();
        if (count < 0) {
            readLong();
            count = -count;
        }
        if (count < 0) {
            throw new UndecodableException("a map has a block of no possible size");
        }
        return count;
    }

    /** A zigzag number of seven bits a byte, the lowest first; bits beyond the type's width are dropped as Avro drops them. */
    private long readVariable(int maxBytes) {
        if (position < bytes.length && bytes[position] >= 0) {
            byte only = bytes[position++];
            return (only >>> 1) ^ -(only & 1);
        }
        long raw = 0;
        for (int i = 0; i < maxBytes; i++) {
            byte next = next();
            raw |= (long) (next & 0x7f) << (7 * i);
            if (next >= 0) {
                return maxBytes == MAX_INT_BYTES ? ((int) raw >>> 1) ^ -((int) raw & 1) : (raw >>> 1) ^ -(raw & 1);
            }
        }
        throw new UndecodableException("a number has more than %d bytes".formatted(maxBytes));
    }

    private byte next() {
        if (position == bytes.length) {
            throw new UndecodableException("the value ends within a record");
        }
        return bytes[position++];
    }
}
