package countinghouse.speed.live;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;

/**
 * The binary form of live entries, which live beside the rows on the counts topic: keys are texts with their lengths, values are the very text
 * that stands in Redis, {@code n|...} with an n that grows with every change.
 */
public final class LiveCodec {
    private static final byte LIVE = 'L';

    private LiveCodec() {}

    public static boolean isLive(byte[] key) {
        return key.length > 0 && key[0] == LIVE;
    }

    public static byte[] encodeKey(LiveKey key) {
        byte[] account = key.account().getBytes(UTF_8);
        byte[] view = key.view().getBytes(UTF_8);
        byte[] field = key.field().getBytes(UTF_8);
        return ByteBuffer.allocate(1 + 2 * Integer.BYTES + account.length + view.length + field.length)
                .put(LIVE)
                .putInt(account.length)
                .put(account)
                .putInt(view.length)
                .put(view)
                .put(field)
                .array();
    }

    public static LiveKey decodeKey(byte[] bytes) {
        ByteBuffer buffer = ByteBuffer.wrap(bytes, 1, bytes.length - 1);
        String account = text(buffer, buffer.getInt());
        String view = text(buffer, buffer.getInt());
        return new LiveKey(account, view, text(buffer, buffer.remaining()));
    }

    public static byte[] encodeValue(String text) {
        return text.getBytes(UTF_8);
    }

    public static String decodeValue(byte[] bytes) {
        return new String(bytes, UTF_8);
    }

    private static String text(ByteBuffer buffer, int length) {
        byte[] utf8 = new byte[length];
        buffer.get(utf8);
        return new String(utf8, UTF_8);
    }
}
