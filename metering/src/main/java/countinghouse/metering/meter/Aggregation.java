package countinghouse.metering.meter;

import countinghouse.metering.time.Cell;
import java.math.BigDecimal;
import java.time.Duration;

/** How contributions become one value. All are commutative and associative, so rows merge in any order. */
public enum Aggregation {
    COUNT,
    SUM,
    MIN,
    MAX,
    /** How many different values a property has; approximate, and never billed. */
    UNIQUE_COUNT;

    private static final Duration DAY = Duration.ofDays(1);

    /**
     * The aggregate of two aggregates over disjoint sets of events.
     *
     * @throws IllegalArgumentException for UNIQUE_COUNT: the numbers of two sets do not tell that of both
     */
    public BigDecimal merge(BigDecimal left, BigDecimal right) {
        return switch (this) {
            case COUNT, SUM -> left.add(right);
            case MIN -> left.min(right);
            case MAX -> left.max(right);
            case UNIQUE_COUNT -> throw new IllegalArgumentException("Unique counts merge as sketches, not as numbers");
        };
    }

    /** Whether values are exact and may be billed. */
    public boolean isExact() {
        return this != UNIQUE_COUNT;
    }

    /** The cells of event time that rows are kept in: a sketch is too large for quarters of an hour. */
    public Duration cellWidth() {
        return this == UNIQUE_COUNT ? DAY : Cell.WIDTH;
    }
}
