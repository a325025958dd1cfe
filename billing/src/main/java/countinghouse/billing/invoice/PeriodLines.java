package countinghouse.billing.invoice;

import countinghouse.billing.BillingPeriod;
import countinghouse.billing.TimeRange;
import countinghouse.billing.account.Account;
import countinghouse.billing.plan.DocumentKind;
import countinghouse.billing.plan.PlanCatalog;
import countinghouse.billing.plan.PlanStore;
import countinghouse.billing.usage.ClosedUsage;
import java.math.BigDecimal;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.jdbi.v3.core.Jdbi;

/** What a period comes to for an account, as invoiced and as known now; it changes nothing. */
public final class PeriodLines {
    private final Jdbi jdbi;
    private final Documents documents;
    private final ClosedUsage usage;
    private final Supplier<PlanCatalog> catalog;
    private final PlanStore plans;

    public PeriodLines(Jdbi jdbi, ClosedUsage usage, Supplier<PlanCatalog> catalog, PlanStore plans) {
        this.jdbi = jdbi;
        this.documents = new Documents(jdbi);
        this.usage = usage;
        this.catalog = catalog;
        this.plans = plans;
    }

    /**
     * Every line that has usage or an amount, invoiced or known.
     *
     * @param generation as known now
     */
    public List<PeriodLine> of(Account account, DocumentKind kind, BillingPeriod period, long generation) {
        List<Document> standing =
                jdbi.withHandle(handle -> documents.standing(handle, kind, period.label(), List.of(account.account())));
        TimeRange range =
                standing.isEmpty() ? period.in(account.zone()) : standing.get(0).range();
        List<PlanSegment> segments =
                new PinnedPlans(plans).segments(standing, PlanSegment.of(account, kind, range, catalog.get()));
        UsageBook book = UsageBook.read(usage, generation, Map.of(account.account(), segments));
        Map<LineContent.Key, Invoiced> invoiced = Invoiced.of(standing);
        Map<LineContent.Key, BigDecimal> quantities = quantities(standing);
        return DocumentDraft.all(account, range, segments, book).lines().stream()
                .map(line -> {
                    LineContent.Key key = line.content().key();
                    return new PeriodLine(
                            line.content(),
                            line.amount(),
                            Optional.ofNullable(quantities.get(key)),
                            invoiced.getOrDefault(key, Invoiced.NOTHING).amount());
                })
                .filter(PeriodLines::isWorthSaying)
                .toList();
    }

    private static boolean isWorthSaying(PeriodLine line) {
        boolean used = line.known().metered().filter(metered -> metered.n() > 0).isPresent();
        return used || line.knownAmount().signum() != 0 || line.invoicedAmount().signum() != 0;
    }

    private static Map<LineContent.Key, BigDecimal> quantities(List<Document> standing) {
        Map<LineContent.Key, BigDecimal> quantities = new HashMap<>();
        standing.forEach(document -> document.lines().forEach(line -> line.content()
                .metered()
                .ifPresent(metered -> quantities.put(line.content().key(), metered.quantity()))));
        return quantities;
    }
}
