package countinghouse.billing.ledger;

/**
 * One thing that an entry of the ledger vouches for.
 *
 * @param subject what it is, e.g. {@code invoice:ID}
 * @param digest SHA-256 of its canonical JSON
 */
public record LedgerItem(String subject, byte[] digest) {}
