package countinghouse.billing.ledger;

import java.util.List;

/**
 * An entry as it is stored, with what it vouches for; what checking needs, from the database or from an export.
 *
 * @param number from 1
 * @param text canonical JSON
 * @param hash SHA-256 of the text
 * @param items in their order
 */
record LedgerLine(long number, String text, byte[] hash, List<LedgerItem> items) {}
