package countinghouse.billing.invoice;

import countinghouse.billing.TimeRange;
import countinghouse.billing.account.Account;
import countinghouse.billing.account.AccountPlan;
import countinghouse.billing.account.TierAssignment;
import countinghouse.billing.plan.DocumentKind;
import countinghouse.billing.plan.PlanCatalog;
import countinghouse.billing.plan.PlanVersion;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;

/**
 * A part of a period in which one tier holds. The plan version is the one in force when the part begins.
 *
 * @param plan rates the part
 * @param range part of the period
 */
record PlanSegment(PlanVersion plan, TimeRange range) {
    /** The parts of a period; time before an account's first tier is in none. */
    static List<PlanSegment> of(Account account, DocumentKind kind, TimeRange period, PlanCatalog catalog) {
        if (kind == DocumentKind.PAYOUT) {
            return List.of(new PlanSegment(catalog.forPayouts(period.from()), period));
        }
        TreeSet<Instant> starts = new TreeSet<>();
        starts.add(period.from());
        account.tiers().stream()
                .map(TierAssignment::effectiveFrom)
                .filter(start -> start.isAfter(period.from()) && start.isBefore(period.to()))
                .forEach(starts::add);
        List<PlanSegment> segments = new ArrayList<>();
        for (Instant start : starts) {
            Instant end = starts.higher(start) == null ? period.to() : starts.higher(start);
            AccountPlan.of(account, catalog, start)
                    .map(plan -> new PlanSegment(plan, new TimeRange(start, end)))
                    .ifPresent(segments::add);
        }
        return segments;
    }
}
