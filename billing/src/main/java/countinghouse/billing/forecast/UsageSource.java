package countinghouse.billing.forecast;

import countinghouse.billing.usage.ClosedGeneration;
import countinghouse.billing.usage.ClosedUsage;
import countinghouse.billing.usage.UsageQuantity;
import countinghouse.billing.usage.UsageScope;
import countinghouse.metering.row.Fingerprint;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Usage so far, from both layers where they can be read, otherwise from the newest generation alone. It looks like closed usage to what rates it,
 * but is not: what is made of it is an estimate.
 */
final class UsageSource implements ClosedUsage {
    private final ClosedUsage closed;
    private final Optional<LiveCounts> live;
    private final Instant now;
    private final List<Lack> missing = new ArrayList<>();

    /** A source for one report. */
    UsageSource(ClosedUsage closed, Optional<LiveCounts> live, Instant now) {
        this.closed = closed;
        this.live = live;
        this.now = now;
    }

    boolean isLive() {
        return live.isPresent();
    }

    /** Through when usage is known. */
    Instant asOf() {
        return isLive()
                ? now
                : current()
                        .map(ClosedGeneration::closedThrough)
                        .filter(through -> through.isBefore(now))
                        .orElse(now);
    }

    /** What the readings so far lack. */
    List<Lack> missing() {
        return List.copyOf(missing);
    }

    @Override
    public Optional<ClosedGeneration> current() {
        return closed.current();
    }

    @Override
    public ClosedGeneration generation(long number) {
        return closed.generation(number);
    }

    @Override
    public List<UsageQuantity> usage(long generation, UsageScope scope) {
        if (live.isPresent()
                && scope.accountDimension().isEmpty()
                && scope.accounts().isPresent()) {
            return live(live.get(), scope, scope.accounts().get());
        }
        if (live.isPresent()) {
            // Live counts are read by account; a dimension of all accounts would be all their rows.
            scope.accountDimension()
                    .map(this::closedOnly)
                    .filter(lack -> !missing.contains(lack))
                    .ifPresent(missing::add);
        }
        return current().map(newest -> closed.usage(newest.number(), scope)).orElse(List.of());
    }

    private Lack closedOnly(String dimension) {
        return current()
                .map(newest -> Lack.since(newest.closedThrough(), dimension))
                .orElseGet(() -> Lack.beforeTheFirstGeneration(dimension));
    }

    @Override
    public List<UsageQuantity> page(
            long generation, UsageScope scope, String afterAccount, String afterMeter, int limit) {
        throw new UnsupportedOperationException("Estimates are not paged");
    }

    private List<UsageQuantity> live(LiveCounts counts, UsageScope scope, Set<String> accounts) {
        List<UsageQuantity> found = new ArrayList<>();
        for (String account : accounts) {
            for (String meter : scope.meters()) {
                LiveCounts.Reading reading = counts.read(meter, account, scope.range());
                reading.missing()
                        .map(Lack::ofLiveCounts)
                        .filter(lack -> !missing.contains(lack))
                        .ifPresent(missing::add);
                if (reading.n() > 0) {
                    BigDecimal value = reading.value() == null ? BigDecimal.ZERO : reading.value();
                    found.add(new UsageQuantity(account, meter, reading.n(), value, Fingerprint.ZERO));
                }
            }
        }
        return found;
    }
}
