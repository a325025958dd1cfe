package countinghouse.billing.alert;

import countinghouse.billing.Billing;
import countinghouse.billing.BillingPeriod;
import countinghouse.billing.TimeRange;
import countinghouse.billing.account.Account;
import countinghouse.billing.account.AccountPlan;
import countinghouse.billing.forecast.IncludedUsage;
import countinghouse.billing.forecast.UsageForecasts;
import countinghouse.billing.plan.PlanCatalog;
import countinghouse.billing.plan.PlanItem;
import countinghouse.billing.plan.PlanVersion;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.YearMonth;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** Looks at what every account has used of what its plan includes this month, and raises the alerts that are due. */
final class UsageWatch {
    private static final int PAGE = 500;

    private final Billing billing;
    private final UsageForecasts usage;
    private final Alerts alerts;
    private final Set<String> channels;
    private final List<Integer> thresholds;

    UsageWatch(Billing billing, UsageForecasts usage, Alerts alerts, Set<String> channels, List<Integer> thresholds) {
        this.billing = billing;
        this.usage = usage;
        this.alerts = alerts;
        this.channels = Set.copyOf(channels);
        this.thresholds = List.copyOf(thresholds);
    }

    /** Looks at every account once; returns how many alerts are new. */
    int look() {
        PlanCatalog plans = billing.plans();
        Instant now = billing.clock().instant();
        int raised = 0;
        List<Account> page = billing.accounts().page("", PAGE);
        while (!page.isEmpty()) {
            for (Account account : page) {
                Optional<PlanVersion> plan = AccountPlan.of(account, plans, now);
                raised += plan.map(found -> look(account, found, now)).orElse(0);
            }
            page = billing.accounts().page(page.get(page.size() - 1).account(), PAGE);
        }
        return raised;
    }

    private int look(Account account, PlanVersion plan, Instant now) {
        Map<String, BigDecimal> included = new TreeMap<>();
        for (PlanItem item : plan.items()) {
            item.meter().ifPresent(meter -> IncludedUsage.of(item).ifPresent(units -> included.put(meter, units)));
        }
        if (included.isEmpty()) {
            return 0;
        }
        YearMonth month = YearMonth.from(now.atZone(account.zone()));
        TimeRange period = BillingPeriod.of(month).in(account.zone());
        Map<String, BigDecimal> used = usage.soFar(account.account(), included.keySet(), period);
        int raised = 0;
        for (Map.Entry<String, BigDecimal> units : included.entrySet()) {
            BigDecimal quantity = used.getOrDefault(units.getKey(), BigDecimal.ZERO);
            for (int threshold : thresholds) {
                if (IncludedUsage.percent(quantity, units.getValue()) >= threshold) {
                    Alert alert = Alert.of(
                            account.account(),
                            month.toString(),
                            units.getKey(),
                            threshold,
                            quantity,
                            units.getValue(),
                            now);
                    raised += alerts.raise(alert, channels) ? 1 : 0;
                }
            }
        }
        return raised;
    }
}
