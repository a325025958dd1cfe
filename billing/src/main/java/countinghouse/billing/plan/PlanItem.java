package countinghouse.billing.plan;

import countinghouse.billing.rating.Price;
import countinghouse.billing.rating.Terms;
import java.util.Optional;

/**
 * One priced thing of a plan; becomes one line.
 *
 * @param id stable within the plan
 * @param description for people
 * @param meter what is rated; empty for fixed amounts
 * @param accountDimension the dimension that names the account, if it is not the event's own (e.g. {@code payee})
 * @param price how it is rated
 * @param terms discount and commitments on top
 */
public record PlanItem(
        String id,
        String description,
        Optional<String> meter,
        Optional<String> accountDimension,
        Price price,
        Terms terms) {}
