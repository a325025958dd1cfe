package countinghouse.billing.entitlement;

import countinghouse.billing.plan.Limits;
import countinghouse.billing.plan.PlanCatalog;
import countinghouse.billing.plan.PlanVersion;
import countinghouse.billing.plan.Tier;
import java.time.Instant;
import java.util.Optional;

/**
 * The next tier up.
 *
 * @param tier above the account's
 * @param limits that it would have
 */
public record Upgrade(Tier tier, Limits limits) {
    /** The tier above a plan's; empty for the highest, and where that tier's plan says nothing of limits. */
    static Optional<Upgrade> from(PlanVersion plan, PlanCatalog plans, Instant now) {
        return plan.tier()
                .flatMap(Tier::next)
                .flatMap(tier -> plans.forTier(tier, now).limits().map(limits -> new Upgrade(tier, limits)));
    }
}
