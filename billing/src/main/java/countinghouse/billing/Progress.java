package countinghouse.billing;

/** Hears how far a run is; called between transactions, often. */
@FunctionalInterface
public interface Progress {
    Progress NONE = (step, done) -> {};

    /**
     * Something is done.
     *
     * @param step e.g. {@code invoice drafts}
     * @param done accounts or documents that the step has behind it
     */
    void reached(String step, long done);
}
