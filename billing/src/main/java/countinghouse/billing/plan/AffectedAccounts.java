package countinghouse.billing.plan;

import java.util.List;

/**
 * Whom a change of prices concerns.
 *
 * @param count of accounts
 * @param examples the first of them by name, at most five
 */
public record AffectedAccounts(long count, List<String> examples) {}
