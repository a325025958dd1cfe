package countinghouse.billing.plan;

import java.util.Optional;

/**
 * How one part of a plan differs from the version before.
 *
 * @param part an item's id, {@code limits} or {@code currency}
 * @param before canonical JSON; empty if it is new
 * @param after canonical JSON; empty if it is gone
 */
public record ItemChange(String part, Optional<String> before, Optional<String> after) {}
