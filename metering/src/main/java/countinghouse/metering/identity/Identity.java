package countinghouse.metering.identity;

import static java.nio.charset.StandardCharsets.UTF_8;

import countinghouse.metering.event.Event;
import java.nio.ByteBuffer;
import java.security.MessageDigest;

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
        MessageDigest digest = Sha256.digest();
        update(digest, topic);
        update(digest, account);
        update(digest, source);
        update(digest, id);
        ByteBuffer hash = ByteBuffer.wrap(digest.digest());
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

    private static void update(MessageDigest digest, String text) {
        byte[] utf8 = text.getBytes(UTF_8);
        digest.update((byte) (utf8.length >>> 24));
        digest.update((byte) (utf8.length >>> 16));
        digest.update((byte) (utf8.length >>> 8));
        digest.update((byte) utf8.length);
        digest.update(utf8);
    }
}
