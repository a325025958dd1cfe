package countinghouse.billing.invoice;

/**
 * What drafting came to.
 *
 * @param drafted documents that are new
 * @param unrated accounts that could not be billed
 */
public record DraftResult(int drafted, UnratedAccounts unrated) {
    static final DraftResult NOTHING = new DraftResult(0, UnratedAccounts.NONE);

    DraftResult plus(DraftResult more) {
        return new DraftResult(drafted + more.drafted, unrated.plus(more.unrated));
    }
}
