package countinghouse.billing.forecast;

import countinghouse.billing.Billing;
import countinghouse.billing.BillingError;
import countinghouse.billing.BillingException;
import countinghouse.billing.TimeRange;
import countinghouse.billing.account.Account;
import countinghouse.billing.account.AccountPlan;
import countinghouse.billing.account.TierAssignment;
import countinghouse.billing.invoice.DocumentPreview;
import countinghouse.billing.plan.DocumentKind;
import countinghouse.billing.plan.PlanCatalog;
import countinghouse.billing.plan.PlanItem;
import countinghouse.billing.plan.PlanVersion;
import countinghouse.billing.plan.Tier;
import countinghouse.billing.usage.ClosedUsage;
import countinghouse.billing.usage.UsageQuantity;
import countinghouse.billing.usage.UsageScope;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** Usage so far, where it is going, and whether another tier would serve better. */
public final class UsageForecasts implements AutoCloseable {
    private final Billing billing;
    private final Optional<LiveCounts> live;

    /**
     * Creates it.
     *
     * @param live counts of both layers; without them, reports end with the newest generation. Closed with this.
     */
    public UsageForecasts(Billing billing, Optional<LiveCounts> live) {
        this.billing = billing;
        this.live = live;
    }

    /**
     * How an account stands in a period.
     *
     * @throws BillingException if it had no tier in the period
     */
    public UsageReport report(Account account, TimeRange period) {
        UsageSource source =
                new UsageSource(billing.usage(), live, billing.clock().instant());
        Instant asOf = source.asOf();
        PlanCatalog plans = billing.plans();
        Instant at = asOf.isBefore(period.from()) ? period.from() : asOf.isBefore(period.to()) ? asOf : lastOf(period);
        PlanVersion plan = AccountPlan.of(account, plans, at)
                .orElseThrow(() -> new BillingException(
                        BillingError.CONFLICT, "The account '%s' has no tier at %s".formatted(account.account(), at)));
        ClosedUsage forecast = new Extrapolated(source, asOf);
        DocumentPreview soFar = DocumentPreview.of(account, DocumentKind.INVOICE, period, plans, source);
        DocumentPreview whole = DocumentPreview.of(account, DocumentKind.INVOICE, period, plans, forecast);
        List<MeterUsage> meters = meters(account.account(), plan, period, source, forecast);
        return new UsageReport(
                account.account(),
                plan.tier().orElseThrow(),
                plan.reference(),
                period,
                asOf,
                source.isLive(),
                source.missing(),
                plan.currency().code(),
                soFar.total(),
                whole.total(),
                meters,
                suggestion(account, plan, period, forecast, whole.total(), meters));
    }

    /** What an account earns in a period, by the plan of pay-outs. */
    public EarningsReport earnings(Account account, TimeRange period) {
        UsageSource source =
                new UsageSource(billing.usage(), live, billing.clock().instant());
        Instant asOf = source.asOf();
        PlanCatalog plans = billing.plans();
        DocumentPreview soFar = DocumentPreview.of(account, DocumentKind.PAYOUT, period, plans, source);
        DocumentPreview whole =
                DocumentPreview.of(account, DocumentKind.PAYOUT, period, plans, new Extrapolated(source, asOf));
        return new EarningsReport(
                account.account(),
                plans.forPayouts(period.from()).reference(),
                period,
                asOf,
                source.isLive(),
                source.missing(),
                whole.currency(),
                soFar.total(),
                whole.total(),
                EarningsLine.of(soFar, whole));
    }

    /** What an account has used of some meters in a period, as far as is known now. */
    public Map<String, BigDecimal> soFar(String account, Set<String> meters, TimeRange period) {
        UsageSource source =
                new UsageSource(billing.usage(), live, billing.clock().instant());
        return quantities(
                source.usage(0, new UsageScope(meters, Optional.of(Set.of(account)), Optional.empty(), period)));
    }

    /** The last cell of a period, for what holds at its end. */
    private static Instant lastOf(TimeRange period) {
        return period.to().minusMillis(1);
    }

    private static List<MeterUsage> meters(
            String account, PlanVersion plan, TimeRange period, ClosedUsage soFar, ClosedUsage forecast) {
        Set<String> names = new TreeSet<>();
        plan.items().forEach(item -> item.meter().ifPresent(names::add));
        UsageScope scope = new UsageScope(names, Optional.of(Set.of(account)), Optional.empty(), period);
        Map<String, BigDecimal> now = quantities(soFar.usage(0, scope));
        Map<String, BigDecimal> then = quantities(forecast.usage(0, scope));
        List<MeterUsage> meters = new ArrayList<>();
        for (PlanItem item : plan.items()) {
            item.meter()
                    .ifPresent(meter -> meters.add(new MeterUsage(
                            item.id(),
                            meter,
                            now.getOrDefault(meter, BigDecimal.ZERO),
                            then.getOrDefault(meter, BigDecimal.ZERO),
                            IncludedUsage.of(item),
                            IncludedUsage.isBlockedAbove(item))));
        }
        return meters;
    }

    private static Map<String, BigDecimal> quantities(List<UsageQuantity> usages) {
        Map<String, BigDecimal> quantities = new HashMap<>();
        usages.forEach(usage -> quantities.put(usage.meter(), usage.quantity()));
        return quantities;
    }

    /** The cheapest of the tiers above; where usage is blocked, the next tier up, whatever it costs. */
    private Optional<UpgradeSuggestion> suggestion(
            Account account,
            PlanVersion plan,
            TimeRange period,
            ClosedUsage forecast,
            BigDecimal costNow,
            List<MeterUsage> meters) {
        boolean blocked = meters.stream().anyMatch(meter -> meter.blockedAbove() && meter.willExceed());
        Optional<UpgradeSuggestion> best = Optional.empty();
        for (Optional<Tier> tier = plan.tier().flatMap(Tier::next); tier.isPresent(); tier = tier.flatMap(Tier::next)) {
            BigDecimal costThen = costOf(account, tier.get(), period, forecast);
            if (blocked) {
                return Optional.of(
                        new UpgradeSuggestion(tier.get(), UpgradeSuggestion.Reason.UNBLOCKED, costNow, costThen));
            }
            BigDecimal toBeat = best.map(UpgradeSuggestion::costThen).orElse(costNow);
            if (costThen.compareTo(toBeat) < 0) {
                best = Optional.of(
                        new UpgradeSuggestion(tier.get(), UpgradeSuggestion.Reason.CHEAPER, costNow, costThen));
            }
        }
        return best;
    }

    private BigDecimal costOf(Account account, Tier tier, TimeRange period, ClosedUsage forecast) {
        Account upgraded = new Account(
                account.account(),
                account.name(),
                account.zone(),
                List.of(new TierAssignment(tier, period.from())),
                List.of(),
                account.registeredAt());
        return DocumentPreview.of(upgraded, DocumentKind.INVOICE, period, billing.plans(), forecast)
                .total();
    }

    @Override
    public void close() {
        live.ifPresent(LiveCounts::close);
    }
}
