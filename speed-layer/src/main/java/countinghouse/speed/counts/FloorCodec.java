package countinghouse.speed.counts;

import java.nio.ByteBuffer;
import org.apache.kafka.common.TopicPartition;

/**
 * The binary form of floor entries, which live beside the rows on the counts topic: below which bucket the rows of a source partition were
 * dropped. An entry stands before the tombstones that it explains.
 */
public final class FloorCodec {
    private static final byte FLOOR = 'F';

    private FloorCodec() {}

    public static boolean isFloor(byte[] key) {
        return SourceKey.is(FLOOR, key);
    }

    public static byte[] encodeKey(TopicPartition source) {
        return SourceKey.encode(FLOOR, source);
    }

    public static TopicPartition decodeKey(byte[] bytes) {
        return SourceKey.decode(bytes);
    }

    /** Start in ms of the oldest bucket that is held. */
    public static byte[] encodeValue(long floorMs) {
        return ByteBuffer.allocate(Long.BYTES).putLong(floorMs).array();
    }

    public static long decodeValue(byte[] bytes) {
        return ByteBuffer.wrap(bytes).getLong();
    }
}
