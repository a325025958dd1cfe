package countinghouse.billing.ledger;

import java.util.List;
import java.util.Map;

/**
 * What one transaction did.
 *
 * @param actor who
 * @param action what, e.g. {@code invoices.finalized}
 * @param detail values as texts, whole numbers, lists and maps; before and after where something changed
 * @param items everything that the transaction wrote, in order
 */
public record LedgerEvent(String actor, String action, Map<String, ?> detail, List<LedgerItem> items) {}
