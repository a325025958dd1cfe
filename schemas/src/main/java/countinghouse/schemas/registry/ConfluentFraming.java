package countinghouse.schemas.registry;

import java.nio.ByteBuffer;

/** The Confluent wire format: a zero byte, the schema id as a big-endian int, then Avro binary. */
public final class ConfluentFraming {
    public static final int HEADER_BYTES = 5;
    private static final byte MAGIC = 0;

    private ConfluentFraming() {}

    /** Writes the header at the start of {@code target}. */
    public static void writeHeader(ByteBuffer target, int schemaId) {
        target.put(MAGIC).putInt(schemaId);
    }

    /**
     * The schema id of a framed value.
     *
     * @throws UndecodableException if the value is too short or does not start with the magic byte
     */
    public static int schemaId(byte[] framed) {
        if (framed == null || framed.length < HEADER_BYTES) {
            throw new UndecodableException(
                    "value of %d bytes is shorter than the header".formatted(framed == null ? 0 : framed.length));
        }
        if (framed[0] != MAGIC) {
            throw new UndecodableException("value starts with byte %d instead of 0".formatted(framed[0]));
        }
        return ByteBuffer.wrap(framed).getInt(1);
    }
}
