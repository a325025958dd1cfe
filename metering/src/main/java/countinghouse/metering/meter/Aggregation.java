package countinghouse.metering.meter;

import java.math.BigDecimal;

/** How contributions become one value. All are commutative and associative, so rows merge in any order. */
public enum Aggregation {
    COUNT,
    SUM,
    MIN,
    MAX;

    /** The aggregate of two aggregates over disjoint sets of events. */
    public BigDecimal merge(BigDecimal left, BigDecimal right) {
        return switch (this) {
            case COUNT, SUM -> left.add(right);
            case MIN -> left.min(right);
            case MAX -> left.max(right);
        };
    }
}
