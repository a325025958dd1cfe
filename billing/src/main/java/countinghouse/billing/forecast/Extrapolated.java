package countinghouse.billing.forecast;

import countinghouse.billing.TimeRange;
import countinghouse.billing.usage.ClosedGeneration;
import countinghouse.billing.usage.ClosedUsage;
import countinghouse.billing.usage.UsageQuantity;
import countinghouse.billing.usage.UsageScope;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Usage to the end of a range, if it goes on as it did so far: quantity x length of the range / elapsed part, rounded half up to the decimal places that the
 * quantity has. Nothing elapsed is nothing forecast.
 */
final class Extrapolated implements ClosedUsage {
    private final ClosedUsage soFar;
    private final Instant asOf;

    Extrapolated(ClosedUsage soFar, Instant asOf) {
        this.soFar = soFar;
        this.asOf = asOf;
    }

    @Override
    public Optional<ClosedGeneration> current() {
        return soFar.current();
    }

    @Override
    public ClosedGeneration generation(long number) {
        return soFar.generation(number);
    }

    @Override
    public List<UsageQuantity> usage(long generation, UsageScope scope) {
        TimeRange range = scope.range();
        List<UsageQuantity> found = soFar.usage(generation, scope);
        if (!asOf.isBefore(range.to()) || !asOf.isAfter(range.from())) {
            return found;
        }
        BigDecimal whole = millis(range.from(), range.to());
        BigDecimal elapsed = millis(range.from(), asOf);
        return found.stream()
                .map(usage -> new UsageQuantity(
                        usage.account(),
                        usage.meter(),
                        scaled(BigDecimal.valueOf(usage.n()), whole, elapsed).longValue(),
                        scaled(usage.quantity(), whole, elapsed),
                        usage.fingerprint()))
                .toList();
    }

    @Override
    public List<UsageQuantity> page(
            long generation, UsageScope scope, String afterAccount, String afterMeter, int limit) {
        throw new UnsupportedOperationException("Forecasts are not paged");
    }

    private static BigDecimal scaled(BigDecimal quantity, BigDecimal whole, BigDecimal elapsed) {
        int scale = Math.max(0, quantity.stripTrailingZeros().scale());
        return quantity.multiply(whole).divide(elapsed, scale, RoundingMode.HALF_UP);
    }

    private static BigDecimal millis(Instant from, Instant to) {
        return BigDecimal.valueOf(Duration.between(from, to).toMillis());
    }
}
