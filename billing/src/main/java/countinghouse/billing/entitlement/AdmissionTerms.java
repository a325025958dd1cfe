package countinghouse.billing.entitlement;

import countinghouse.billing.plan.Limits;
import countinghouse.billing.plan.Tier;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Optional;

/**
 * By what an account's checks are judged.
 *
 * @param tier of the account
 * @param plan reference of the plan version, with what was agreed with the account
 * @param limits of it
 * @param zone whose days are quota days
 * @param upgrade what would admit more
 * @param readAt when this was read from the books
 */
public record AdmissionTerms(
        Tier tier, String plan, Limits limits, ZoneId zone, Optional<Upgrade> upgrade, Instant readAt) {}
