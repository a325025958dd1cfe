package countinghouse.metering.identity;

import static java.nio.charset.StandardCharsets.UTF_8;

import countinghouse.metering.event.Event;
import java.nio.ByteBuffer;

/**
 * Who an event is, for de-duplication: the first 16 bytes of SHA-256 over (topic, account, source, id), each preceded by its length
 * in UTF-8 bytes as a big-endian int, so that no two different tuples share an input (design.md, section 4).
 */
public record Identity(long high, long low) {
    public static final int BYTES = 16;

    public static Identity of(Event event) {
        return of(event.type().topic(), event.account(), event.source(), event.id());
    }

    public static Identity of(String topic, String account, String source, String id) {
        byte[][] texts = {topic.getBytes(UTF_8), account.getBytes(UTF_8), source.getBytes(UTF_8), id.getBytes(UTF_8)};
        int size = 0;
        for (byte[] text : texts) {
            size += Integer.BYTES + text.length;
        }
        // One array, hashed at once: every update of a digest costs more than copying a few bytes.
        ByteBuffer input = ByteBuffer.allocate(size);
        for (byte[] text : texts) {
            input.putInt(text.length).put(text);
        }
        ByteBuffer hash = ByteBuffer.wrap(Sha256.digest().digest(input.array()));
        return new Identity(hash.getLong(), hash.getLong());
    }

    /** The identity in 16 big-endian bytes. */
    public static Identity ofBytes(byte[] bytes) {
        ByteBuffer buffer = ByteBuffer.wrap(bytes);
        return new Identity(buffer.getLong(), buffer.getLong());
    }

    public byte[] toBytes() {
        return ByteBuffer.allocate(BYTES).putLong(high).putLong(low).array();
    }
}
