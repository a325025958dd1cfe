package countinghouse.billing.invoice;

/**
 * What drafting, checking and finalizing a kind of document came to.
 *
 * @param drafts new documents, and the accounts that could not be billed
 * @param check of all the period's documents of the kind; nothing was finalized if it has failures
 */
public record Completion(DraftResult drafts, CheckResult check) {}
