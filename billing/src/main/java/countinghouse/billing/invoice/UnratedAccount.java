package countinghouse.billing.invoice;

/**
 * An account that a run could not bill. It owes what it owes all the same; the run after the reason is gone bills it.
 *
 * @param account its name
 * @param reason why, and what to do
 */
public record UnratedAccount(String account, String reason) {}
