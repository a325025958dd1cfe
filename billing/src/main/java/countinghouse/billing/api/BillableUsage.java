package countinghouse.billing.api;

import countinghouse.billing.TimeRange;
import countinghouse.billing.plan.PlanCatalog;
import countinghouse.billing.plan.PlanItem;
import countinghouse.billing.plan.PlanVersion;
import countinghouse.billing.usage.ClosedUsage;
import countinghouse.billing.usage.UsageQuantity;
import countinghouse.billing.usage.UsageScope;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * The usage that documents are made of: every priced meter, by the account that the price is for. That is the event's own account, or the
 * one that a dimension names, e.g. the payee of an ad.
 */
final class BillableUsage {
    private final ClosedUsage usage;
    private final Map<Optional<String>, Set<String>> metersByDimension = new HashMap<>();

    BillableUsage(ClosedUsage usage, PlanCatalog plans) {
        this.usage = usage;
        for (PlanVersion version : plans.versions()) {
            for (PlanItem item : version.items()) {
                item.meter().ifPresent(meter -> metersByDimension
                        .computeIfAbsent(item.accountDimension(), absent -> new TreeSet<>())
                        .add(meter));
            }
        }
    }

    /** Every meter that a plan prices. */
    Set<String> meters() {
        Set<String> all = new TreeSet<>();
        metersByDimension.values().forEach(all::addAll);
        return all;
    }

    /**
     * A page in the order of accounts and meters.
     *
     * @param accounts whose; empty for everybody's
     * @param meters which of {@link #meters}
     */
    List<Found> page(
            long generation,
            TimeRange range,
            Optional<Set<String>> accounts,
            Set<String> meters,
            String afterAccount,
            String afterMeter,
            int limit) {
        List<Found> found = new ArrayList<>();
        metersByDimension.forEach((dimension, priced) -> {
            Set<String> wanted = new TreeSet<>(priced);
            wanted.retainAll(meters);
            if (!wanted.isEmpty()) {
                UsageScope scope = new UsageScope(wanted, accounts, dimension, range);
                usage.page(generation, scope, afterAccount, afterMeter, limit)
                        .forEach(quantity -> found.add(new Found(quantity, dimension)));
            }
        });
        return found.stream()
                .sorted(Comparator.comparing((Found one) -> one.quantity().account())
                        .thenComparing(one -> one.quantity().meter()))
                .limit(limit)
                .toList();
    }

    /** The part of some usage that falls into a part of its range. */
    UsageQuantity part(long generation, Found found, TimeRange range) {
        String account = found.quantity().account();
        String meter = found.quantity().meter();
        UsageScope scope = new UsageScope(Set.of(meter), Optional.of(Set.of(account)), found.dimension(), range);
        return usage.usage(generation, scope).stream().findFirst().orElseGet(() -> UsageQuantity.none(account, meter));
    }

    /**
     * Usage, and how its account was found.
     *
     * @param dimension that names the account; empty if it is the event's own
     */
    record Found(UsageQuantity quantity, Optional<String> dimension) {}
}
