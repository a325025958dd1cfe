package countinghouse.bench.batch.answer;

import java.math.BigDecimal;
import java.util.Map;
import java.util.TreeMap;

/** What rows come to, whatever their order: two sets of rows with equal digests are the same but for a collision of 64 bits. Not thread-safe. */
public final class RowDigest {
    private static final long FNV_BASIS = 0xcbf29ce484222325L;
    private static final long FNV_PRIME = 0x100000001b3L;

    private final Map<String, Sum> meters = new TreeMap<>();

    /**
     * The rows of one meter.
     *
     * @param rows how many
     * @param events counted in them
     * @param value sum of their values, as a plain number
     * @param hash sum of a hash of each row
     */
    public record OfMeter(long rows, long events, String value, long hash) {}

    private static final class Sum {
        private long rows;
        private long events;
        private BigDecimal value = BigDecimal.ZERO;
        private long hash;
    }

    /** Adds a row. */
    public void add(
            String meter,
            String account,
            String offering,
            long cellMs,
            long bucketMs,
            int partition,
            long events,
            BigDecimal value) {
        long hash = FNV_BASIS;
        for (String part : new String[] {account, offering, plain(value)}) {
            for (int i = 0; i < part.length(); i++) {
                hash = (hash ^ part.charAt(i)) * FNV_PRIME;
            }
            hash *= FNV_PRIME;
        }
        for (long part : new long[] {cellMs, bucketMs, partition, events}) {
            hash = mix(hash ^ part);
        }
        Sum sum = meters.computeIfAbsent(meter, ignored -> new Sum());
        sum.rows++;
        sum.events += events;
        sum.value = sum.value.add(value);
        sum.hash += hash;
    }

    /** By meter. */
    public Map<String, OfMeter> meters() {
        Map<String, OfMeter> plain = new TreeMap<>();
        meters.forEach((meter, sum) -> plain.put(meter, new OfMeter(sum.rows, sum.events, plain(sum.value), sum.hash)));
        return plain;
    }

    private static String plain(BigDecimal value) {
        return value.signum() == 0 ? "0" : value.stripTrailingZeros().toPlainString();
    }

    private static long mix(long value) {
        long mixed = (value ^ (value >>> 32)) * 0xD6E8FEB86659FD93L;
        return mixed ^ (mixed >>> 32);
    }
}
