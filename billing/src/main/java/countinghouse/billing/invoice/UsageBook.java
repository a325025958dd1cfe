package countinghouse.billing.invoice;

import countinghouse.billing.TimeRange;
import countinghouse.billing.plan.PlanItem;
import countinghouse.billing.usage.ClosedUsage;
import countinghouse.billing.usage.UsageQuantity;
import countinghouse.billing.usage.UsageScope;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** The usage that a batch of accounts needs, read with one query per range and dimension rather than per line. */
final class UsageBook {
    private final Map<Key, UsageQuantity> quantities = new HashMap<>();

    private UsageBook() {}

    /** Reads what the segments of accounts need. */
    static UsageBook read(ClosedUsage source, long generation, Map<String, List<PlanSegment>> segmentsByAccount) {
        Map<Selection, Set<String>> accounts = new HashMap<>();
        Map<Selection, Set<String>> meters = new HashMap<>();
        segmentsByAccount.forEach((account, segments) -> segments.forEach(
                segment -> segment.plan().items().forEach(item -> item.meter().ifPresent(meter -> {
                    Selection selection = new Selection(segment.range(), item.accountDimension());
                    accounts.computeIfAbsent(selection, absent -> new TreeSet<>())
                            .add(account);
                    meters.computeIfAbsent(selection, absent -> new TreeSet<>()).add(meter);
                }))));
        UsageBook book = new UsageBook();
        accounts.forEach((selection, names) -> {
            UsageScope scope =
                    new UsageScope(meters.get(selection), Optional.of(names), selection.dimension(), selection.range());
            source.usage(generation, scope)
                    .forEach(found -> book.quantities.put(new Key(selection, found.account(), found.meter()), found));
        });
        return book;
    }

    /** The usage that an item rates; none at all is a quantity of zero, because the generation is closed. */
    UsageQuantity of(String account, PlanItem item, TimeRange range) {
        String meter = item.meter().orElseThrow();
        return quantities.getOrDefault(
                new Key(new Selection(range, item.accountDimension()), account, meter),
                UsageQuantity.none(account, meter));
    }

    private record Selection(TimeRange range, Optional<String> dimension) {}

    private record Key(Selection selection, String account, String meter) {}
}
