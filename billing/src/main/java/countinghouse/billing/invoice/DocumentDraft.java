package countinghouse.billing.invoice;

import countinghouse.billing.TimeRange;
import countinghouse.billing.account.Account;
import countinghouse.billing.ledger.CanonicalJson;
import countinghouse.billing.plan.PlanException;
import countinghouse.billing.plan.PlanItem;
import countinghouse.billing.plan.PlanVersion;
import countinghouse.billing.rating.Rated;
import countinghouse.billing.rating.Usage;
import countinghouse.billing.usage.UsageQuantity;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;

/**
 * The lines of a document, before it is stored.
 *
 * @param currency code
 * @param lines in order; empty if nothing is owed and nothing was used
 */
record DocumentDraft(String currency, List<DocumentLine> lines) {
    static DocumentDraft of(Account account, TimeRange period, List<PlanSegment> segments, UsageBook usage) {
        List<DocumentLine> lines = new ArrayList<>();
        String currency = "";
        for (PlanSegment segment : segments) {
            if (!currency.isEmpty()
                    && !currency.equals(segment.plan().currency().code())) {
                throw new PlanException(
                        "The account '%s' changes its currency within %s; change it at a period's boundary"
                                .formatted(account.account(), period));
            }
            currency = segment.plan().currency().code();
            Share share = Share.of(segment.range(), period, account.zone());
            for (PlanItem item : segment.plan().items()) {
                line(account, segment, item, share, usage, lines.size() + 1).ifPresent(lines::add);
            }
        }
        return new DocumentDraft(currency, lines);
    }

    BigDecimal total() {
        return lines.stream().map(DocumentLine::amount).reduce(BigDecimal.ZERO, BigDecimal::add);
    }

    private static Optional<DocumentLine> line(
            Account account, PlanSegment segment, PlanItem item, Share share, UsageBook usage, int n) {
        Optional<UsageQuantity> used = item.meter().map(meter -> usage.of(account.account(), item, segment.range()));
        PlanVersion plan = segment.plan();
        Rated rated = LinePricing.rate(item, used.map(value -> new Usage(value.quantity(), value.n())), share);
        BigDecimal amount = LinePricing.amount(plan, rated);
        if (used.isPresent() && used.get().n() == 0 && amount.signum() == 0) {
            return Optional.empty();
        }
        LineContent content = new LineContent(
                item.id(),
                item.description(),
                plan.name(),
                plan.version(),
                HexFormat.of().formatHex(CanonicalJson.sha256(plan.document())),
                segment.range(),
                share,
                used.map(value -> new MeteredEvidence(
                        value.meter(), item.accountDimension(), value.n(), value.quantity(), value.fingerprint())),
                rated.details());
        return Optional.of(new DocumentLine(n, amount, content, Optional.empty()));
    }
}
