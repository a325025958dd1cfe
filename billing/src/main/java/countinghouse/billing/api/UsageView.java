package countinghouse.billing.api;

import countinghouse.billing.TimeRange;
import countinghouse.billing.account.Account;
import countinghouse.billing.account.AccountPlan;
import countinghouse.billing.account.Accounts;
import countinghouse.billing.account.TierAssignment;
import countinghouse.billing.plan.PlanCatalog;
import countinghouse.billing.usage.UsageQuantity;
import countinghouse.metering.row.Decimals;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;

/** Billable usage as the API shows it: the quantity of the range, and where the tier changes in it, of each part, as invoices have them. */
final class UsageView {
    private final Accounts accounts;
    private final PlanCatalog plans;
    private final BillableUsage billable;
    private final long generation;
    private final TimeRange range;

    UsageView(Accounts accounts, PlanCatalog plans, BillableUsage billable, long generation, TimeRange range) {
        this.accounts = accounts;
        this.plans = plans;
        this.billable = billable;
        this.generation = generation;
        this.range = range;
    }

    Map<String, Object> of(BillableUsage.Found found) {
        UsageQuantity usage = found.quantity();
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("account", usage.account());
        json.put("meter", usage.meter());
        found.dimension().ifPresent(dimension -> json.put("accountDimension", dimension));
        putQuantity(json, usage);
        json.put("fingerprint", usage.fingerprint().toHex());
        Optional<Account> account = accounts.find(usage.account());
        json.put("registered", account.isPresent());
        account.ifPresent(known -> {
            putPlan(json, known, range.from());
            List<TimeRange> parts = parts(known);
            if (parts.size() > 1) {
                json.put(
                        "parts",
                        parts.stream().map(part -> part(found, known, part)).toList());
            }
        });
        return json;
    }

    private Map<String, Object> part(BillableUsage.Found found, Account account, TimeRange part) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("from", part.from());
        json.put("to", part.to());
        putQuantity(json, billable.part(generation, found, part));
        putPlan(json, account, part.from());
        return json;
    }

    private static void putQuantity(Map<String, Object> json, UsageQuantity usage) {
        json.put("quantity", Decimals.text(usage.quantity()));
        json.put("n", usage.n());
    }

    private void putPlan(Map<String, Object> json, Account account, Instant at) {
        account.tierAt(at)
                .ifPresent(assignment -> json.put("tier", assignment.tier().label()));
        AccountPlan.of(account, plans, at).ifPresent(plan -> json.put("plan", plan.reference()));
    }

    /** The range, cut where the account's tier changes. */
    private List<TimeRange> parts(Account account) {
        TreeSet<Instant> cuts = new TreeSet<>(List.of(range.from(), range.to()));
        account.tiers().stream()
                .map(TierAssignment::effectiveFrom)
                .filter(cut -> cut.isAfter(range.from()) && cut.isBefore(range.to()))
                .forEach(cuts::add);
        List<TimeRange> parts = new ArrayList<>();
        for (Instant cut : cuts.headSet(range.to())) {
            parts.add(new TimeRange(cut, cuts.higher(cut)));
        }
        return parts;
    }
}
