package countinghouse.fault.oracle;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.TreeMap;

/**
 * What one event adds to one meter.
 *
 * @param value what is counted or added; null if the meter counts different items
 * @param item what is counted once; null unless the meter counts different items
 */
record Contribution(String meter, TreeMap<String, String> dimensions, BigDecimal value, String item) {
    private static final int SCALE = 9;
    private static final Duration QUARTER = Duration.ofMinutes(15);
    private static final Duration DAY = Duration.ofDays(1);

    /** How much event time a row of the meter covers. */
    Duration cell() {
        return item == null ? QUARTER : DAY;
    }

    /** What of it goes under the hash. */
    byte[] bytes() {
        if (item != null) {
            return item.getBytes(StandardCharsets.UTF_8);
        }
        BigInteger billionths = value.movePointRight(SCALE).toBigIntegerExact();
        return billionths.toByteArray();
    }
}
