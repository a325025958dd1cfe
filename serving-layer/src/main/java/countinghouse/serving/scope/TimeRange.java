package countinghouse.serving.scope;

/**
 * A half-open range of event time in ms; an open end is {@link Long#MIN_VALUE} or {@link Long#MAX_VALUE}.
 *
 * @param fromMs inclusive
 * @param toMs exclusive, not before {@code fromMs}
 */
public record TimeRange(long fromMs, long toMs) {
    public static final TimeRange ALL = new TimeRange(Long.MIN_VALUE, Long.MAX_VALUE);

    public TimeRange {
        if (fromMs > toMs) {
            throw new IllegalArgumentException("A range cannot end (%d) before it begins (%d)".formatted(toMs, fromMs));
        }
    }

    public boolean contains(long instantMs) {
        return fromMs <= instantMs && instantMs < toMs;
    }

    public boolean hasStart() {
        return fromMs != Long.MIN_VALUE;
    }

    public boolean hasEnd() {
        return toMs != Long.MAX_VALUE;
    }
}
