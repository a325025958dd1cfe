package countinghouse.billing;

import countinghouse.metering.time.Cell;
import java.time.Instant;

/**
 * A half-open range of event time whose ends are the boundaries of cells, so that counts are exact.
 *
 * @param from inclusive
 * @param to exclusive, after {@code from}
 */
public record TimeRange(Instant from, Instant to) {
    public TimeRange {
        if (!from.isBefore(to)) {
            throw new BillingException(
                    BillingError.INVALID_REQUEST,
                    "The range %s/%s is empty: 'to' must be after 'from'".formatted(from, to));
        }
        requireCellBoundary(from);
        requireCellBoundary(to);
    }

    /** Whether an instant is in both. */
    public boolean overlaps(TimeRange other) {
        return from.isBefore(other.to) && other.from.isBefore(to);
    }

    @Override
    public String toString() {
        return from + "/" + to;
    }

    private static void requireCellBoundary(Instant instant) {
        if (instant.getNano() % 1_000_000 != 0 || !Cell.isAligned(instant.toEpochMilli())) {
            throw new BillingException(
                    BillingError.INVALID_REQUEST,
                    "%s is not a multiple of 15 minutes; usage is counted in cells of 15 minutes".formatted(instant));
        }
    }
}
