package countinghouse.billing.plan;

import java.util.Set;

/**
 * A price list as a file states it.
 *
 * @param catalog its plan versions
 * @param billedMeters meters that each of them prices
 */
public record PlanFile(PlanCatalog catalog, Set<String> billedMeters) {
    public PlanFile {
        billedMeters = Set.copyOf(billedMeters);
    }
}
