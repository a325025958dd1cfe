package countinghouse.metering.history;

import countinghouse.metering.event.Event;
import countinghouse.metering.identity.Identity;
import countinghouse.metering.identity.Sha256;
import java.nio.ByteBuffer;
import java.util.Comparator;

/**
 * What a history rule needs of a view.
 *
 * @param key what it has in common with others
 * @param valueHigh first 8 bytes of the SHA-256 of the key's value
 * @param valueLow the next 8
 * @param bucketMs start of its ingest bucket
 * @param appendTimeMs when the broker appended it
 * @param partition of the topic of views
 * @param offset in the partition
 * @param identity first half of its identity
 * @param occurredAtMs event time
 */
public record HistoryView(
        HistoryKey key,
        long valueHigh,
        long valueLow,
        long bucketMs,
        long appendTimeMs,
        int partition,
        long offset,
        long identity,
        long occurredAtMs) {
    /**
     * The order in which a judge wants them: those of one key and value together, and these as they arrived. Buckets come before append
     * times: a closed bucket is complete in every partition, so nothing that arrives later can come before what was judged, however the
     * brokers' clocks differ.
     */
    public static final Comparator<HistoryView> ORDER = Comparator.comparing(HistoryView::key)
            .thenComparingLong(HistoryView::valueHigh)
            .thenComparingLong(HistoryView::valueLow)
            .thenComparingLong(HistoryView::bucketMs)
            .thenComparingLong(HistoryView::appendTimeMs)
            .thenComparingInt(HistoryView::partition)
            .thenComparingLong(HistoryView::offset);

    /** Bytes of the encoded form. */
    public static final int BYTES = 1 + 7 * Long.BYTES + Integer.BYTES;

    private static final HistoryKey[] KEYS = HistoryKey.values();

    /** What the rules with a key need of a view; null if the view has nothing to compare. */
    public static HistoryView of(
            HistoryKey key,
            Event view,
            long bucketMs,
            long appendTimeMs,
            int partition,
            long offset,
            Identity identity) {
        String value = key.of(view);
        if (value == null) {
            return null;
        }
        ByteBuffer hash = ByteBuffer.wrap(Sha256.of(value));
        return new HistoryView(
                key,
                hash.getLong(),
                hash.getLong(),
                bucketMs,
                appendTimeMs,
                partition,
                offset,
                identity.high(),
                view.occurredAtMs());
    }

    /** The view in bytes that, compared as unsigned, keep keys and values together and these in order. */
    public byte[] toBytes() {
        return ByteBuffer.allocate(BYTES)
                .put((byte) key.ordinal())
                .putLong(valueHigh)
                .putLong(valueLow)
                .putLong(bucketMs)
                .putLong(appendTimeMs)
                .putInt(partition)
                .putLong(offset)
                .putLong(identity)
                .putLong(occurredAtMs)
                .array();
    }

    public static HistoryView ofBytes(byte[] bytes) {
        ByteBuffer buffer = ByteBuffer.wrap(bytes);
        return new HistoryView(
                KEYS[buffer.get()],
                buffer.getLong(),
                buffer.getLong(),
                buffer.getLong(),
                buffer.getLong(),
                buffer.getInt(),
                buffer.getLong(),
                buffer.getLong(),
                buffer.getLong());
    }

    boolean hasSameValue(HistoryView other) {
        return key == other.key && valueHigh == other.valueHigh && valueLow == other.valueLow;
    }
}
