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
import java.util.Map;
import java.util.Optional;

/**
 * The lines of a document, before it is stored.
 *
 * @param currency code
 * @param lines in order; empty if nothing is owed and nothing was used
 */
record DocumentDraft(String currency, List<DocumentLine> lines) {
    /** Everything that could be a line, whatever it comes to. */
    static DocumentDraft all(Account account, TimeRange period, List<PlanSegment> segments, UsageBook usage) {
        return new Drafting(account, period, usage).draft(segments, Optional::of);
    }

    /** The first document of a period: every line that has usage or an amount. */
    static DocumentDraft of(Account account, TimeRange period, List<PlanSegment> segments, UsageBook usage) {
        return new Drafting(account, period, usage).draft(segments, Drafting::first);
    }

    /**
     * A later document of a period: every line whose amount, as known now, is not what was invoiced.
     *
     * @param invoiced by line, in all documents that stand
     */
    static DocumentDraft adjusting(
            Account account,
            TimeRange period,
            List<PlanSegment> segments,
            UsageBook usage,
            Map<LineContent.Key, Invoiced> invoiced) {
        return new Drafting(account, period, usage)
                .draft(
                        segments,
                        line -> Drafting.adjustment(line, invoiced.getOrDefault(line.key(), Invoiced.NOTHING)));
    }

    BigDecimal total() {
        return lines.stream().map(DocumentLine::amount).reduce(BigDecimal.ZERO, BigDecimal::add);
    }

    /** Chooses and completes lines. */
    private interface Selection {
        Optional<Priced> select(Priced line);
    }

    /** A line with the amount of its whole range. */
    private record Priced(LineContent content, BigDecimal amount) {
        private LineContent.Key key() {
            return content.key();
        }
    }

    private record Drafting(Account account, TimeRange period, UsageBook usage) {
        private DocumentDraft draft(List<PlanSegment> segments, Selection selection) {
            List<DocumentLine> lines = new ArrayList<>();
            String currency = "";
            for (PlanSegment segment : segments) {
                currency = requireSame(currency, segment.plan().currency().code());
                Share share = Share.of(segment.range(), period, account.zone());
                String planDigest = HexFormat.of()
                        .formatHex(CanonicalJson.sha256(segment.plan().document()));
                for (PlanItem item : segment.plan().items()) {
                    int n = lines.size() + 1;
                    selection
                            .select(priced(segment, planDigest, item, share))
                            .map(line -> new DocumentLine(n, line.amount(), line.content(), Optional.empty()))
                            .ifPresent(lines::add);
                }
            }
            return new DocumentDraft(currency, lines);
        }

        private String requireSame(String currency, String code) {
            if (!currency.isEmpty() && !currency.equals(code)) {
                throw new PlanException(
                        "The account '%s' changes its currency within %s; change it at a period's boundary"
                                .formatted(account.account(), period));
            }
            return code;
        }

        private Priced priced(PlanSegment segment, String planDigest, PlanItem item, Share share) {
            Optional<UsageQuantity> used =
                    item.meter().map(meter -> usage.of(account.account(), item, segment.range()));
            PlanVersion plan = segment.plan();
            Rated rated = LinePricing.rate(item, used.map(value -> new Usage(value.quantity(), value.n())), share);
            LineContent content = new LineContent(
                    item.id(),
                    item.description(),
                    plan.name(),
                    plan.version(),
                    planDigest,
                    segment.range(),
                    share,
                    used.map(value -> new MeteredEvidence(
                            value.meter(), item.accountDimension(), value.n(), value.quantity(), value.fingerprint())),
                    Optional.empty(),
                    rated.details());
            return new Priced(content, LinePricing.amount(plan, rated));
        }

        private static Optional<Priced> first(Priced line) {
            boolean unused =
                    line.content().metered().filter(metered -> metered.n() == 0).isPresent();
            return unused && line.amount().signum() == 0 ? Optional.empty() : Optional.of(line);
        }

        private static Optional<Priced> adjustment(Priced line, Invoiced invoiced) {
            BigDecimal difference = line.amount().subtract(invoiced.amount());
            return difference.signum() == 0
                    ? Optional.empty()
                    : Optional.of(new Priced(line.content().after(invoiced), difference));
        }
    }
}
