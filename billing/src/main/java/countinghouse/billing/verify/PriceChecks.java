package countinghouse.billing.verify;

import countinghouse.billing.invoice.DocumentLine;
import countinghouse.billing.invoice.LineContent;
import countinghouse.billing.ledger.CanonicalJson;
import countinghouse.billing.plan.PlanException;
import countinghouse.billing.plan.PlanStore;
import countinghouse.billing.plan.PlanVersion;
import countinghouse.billing.rating.RatingException;
import countinghouse.billing.rating.Usage;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Whether lines charge what their plans charge, each plan read once. */
final class PriceChecks {
    private final PlanStore plans;
    private final Map<String, Optional<StoredPrices>> known = new HashMap<>();

    PriceChecks(PlanStore plans) {
        this.plans = plans;
    }

    /** A stored plan, with the digest of what it was read from. */
    private record StoredPrices(PlanVersion plan, String digest) {
        static StoredPrices of(PlanStore.StoredPlan stored) {
            return new StoredPrices(
                    stored.plan(),
                    HexFormat.of().formatHex(CanonicalJson.sha256(stored.plan().document())));
        }
    }

    /**
     * Rates a line again.
     *
     * @param raw what its raw events come to, if they could be read
     */
    List<Check> of(DocumentLine line, Optional<RawUsage> raw) {
        LineContent content = line.content();
        Optional<StoredPrices> stored = known.computeIfAbsent(
                content.plan() + "@" + content.planVersion(),
                reference -> plans.find(content.plan(), content.planVersion()).map(StoredPrices::of));
        if (stored.isEmpty()) {
            return List.of(new Check("plan", content.plan() + "@" + content.planVersion(), "not stored"));
        }
        PlanVersion plan = stored.get().plan();
        Check pinned =
                new Check("plan digest", content.planDigest(), stored.get().digest());
        return List.of(pinned, new Check("amount", line.amount().toPlainString(), amount(plan, content, raw)));
    }

    private static String amount(PlanVersion plan, LineContent content, Optional<RawUsage> raw) {
        try {
            Optional<Usage> used = content.metered()
                    .map(metered -> raw.map(found -> new Usage(found.value(), found.n()))
                            .orElseGet(() -> new Usage(metered.quantity(), metered.n())));
            return content.amount(plan, used).toPlainString();
        } catch (PlanException | RatingException e) {
            return "not rateable (%s)".formatted(e.getMessage());
        }
    }
}
