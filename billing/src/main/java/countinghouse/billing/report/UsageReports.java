package countinghouse.billing.report;

import countinghouse.billing.BillingError;
import countinghouse.billing.BillingException;
import countinghouse.billing.BillingPeriod;
import countinghouse.billing.TimeRange;
import countinghouse.billing.account.Account;
import countinghouse.billing.account.Accounts;
import countinghouse.billing.account.TierAssignment;
import countinghouse.billing.invoice.MeteredEvidence;
import countinghouse.billing.invoice.PeriodLine;
import countinghouse.billing.invoice.PeriodLines;
import countinghouse.billing.plan.DocumentKind;
import countinghouse.billing.plan.PlanCatalog;
import countinghouse.billing.usage.ClosedGeneration;
import countinghouse.billing.usage.ClosedUsage;
import countinghouse.billing.usage.UsageScope;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/** Tells accounts what they used, at the level of their tier. */
public final class UsageReports {
    private final Accounts accounts;
    private final PeriodLines lines;
    private final ClosedUsage usage;
    private final Supplier<PlanCatalog> catalog;

    public UsageReports(Accounts accounts, PeriodLines lines, ClosedUsage usage, Supplier<PlanCatalog> catalog) {
        this.accounts = accounts;
        this.lines = lines;
        this.usage = usage;
        this.catalog = catalog;
    }

    /**
     * The report of an account and period.
     *
     * @throws BillingException if the account is not registered or has no tier then, or no counts are published
     */
    public UsageReport of(String name, BillingPeriod period) {
        Account account = accounts.find(name)
                .orElseThrow(() -> new BillingException(
                        BillingError.UNKNOWN_ACCOUNT,
                        "The account '%s' is not registered; its usage is counted but not billed".formatted(name)));
        TimeRange range = period.in(account.zone());
        TierAssignment assignment = account.tierAt(range.to().minusMillis(1))
                .orElseThrow(() -> new BillingException(
                        BillingError.CONFLICT,
                        "The account '%s' has no tier in %s; its first one begins later"
                                .formatted(name, period.label())));
        ClosedGeneration generation = usage.current()
                .orElseThrow(() -> new BillingException(
                        BillingError.PERIOD_NOT_CLOSED,
                        "No generation of counts is published yet; run 'countinghouse batch run'"));
        List<PeriodLine> found = lines.of(account, DocumentKind.INVOICE, period, generation.number());
        ReportLevel level = ReportLevel.of(assignment.tier());
        return new UsageReport(
                name,
                period.label(),
                range,
                assignment.tier(),
                level,
                catalog.get()
                        .forTier(assignment.tier(), range.to().minusMillis(1))
                        .currency()
                        .code(),
                generation,
                !generation.closedThrough().isBefore(range.to()),
                found,
                level == ReportLevel.FULL ? days(account, range, found, generation.number()) : List.of());
    }

    private List<DailyQuantity> days(Account account, TimeRange range, List<PeriodLine> found, long generation) {
        Set<String> meters = found.stream()
                .flatMap(line -> line.known().metered().stream())
                .map(MeteredEvidence::meter)
                .collect(Collectors.toCollection(TreeSet::new));
        List<DailyQuantity> days = new ArrayList<>();
        if (meters.isEmpty()) {
            return days;
        }
        Instant from = range.from();
        while (from.isBefore(range.to())) {
            LocalDate day = from.atZone(account.zone()).toLocalDate();
            Instant midnight = day.plusDays(1).atStartOfDay(account.zone()).toInstant();
            Instant to = midnight.isBefore(range.to()) ? midnight : range.to();
            UsageScope scope = new UsageScope(
                    meters, Optional.of(Set.of(account.account())), Optional.empty(), new TimeRange(from, to));
            usage.usage(generation, scope)
                    .forEach(used -> days.add(new DailyQuantity(day, used.meter(), used.n(), used.quantity())));
            from = to;
        }
        return days;
    }
}
