package countinghouse.billing.invoice;

import countinghouse.billing.TimeRange;
import countinghouse.billing.account.Account;
import countinghouse.billing.plan.DocumentKind;
import countinghouse.billing.plan.PlanCatalog;
import countinghouse.billing.usage.ClosedUsage;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;

/**
 * What a document of a period would say, from usage that need not be closed: an estimate, made by the very code that makes documents. It is never
 * stored.
 *
 * @param currency of every amount; empty if no plan is in force in the period
 * @param lines in order
 */
public record DocumentPreview(String currency, List<DocumentLine> lines) {
    /** The preview of an account's period. */
    public static DocumentPreview of(
            Account account, DocumentKind kind, TimeRange period, PlanCatalog catalog, ClosedUsage usage) {
        List<PlanSegment> segments = PlanSegment.of(account, kind, period, catalog);
        UsageBook book = UsageBook.read(usage, 0, Map.of(account.account(), segments));
        DocumentDraft draft = DocumentDraft.of(account, period, segments, book);
        return new DocumentPreview(draft.currency(), draft.lines());
    }

    public BigDecimal total() {
        return lines.stream().map(DocumentLine::amount).reduce(BigDecimal.ZERO, BigDecimal::add);
    }
}
