package countinghouse.billing.invoice;

import countinghouse.billing.Progress;

/**
 * Who runs what.
 *
 * @param runId provenance of what the run makes
 * @param actor for the audit ledger
 * @param progress hears how far the run is
 */
public record RunContext(String runId, String actor, Progress progress) {
    public static RunContext of(String runId, String actor) {
        return new RunContext(runId, actor, Progress.NONE);
    }
}
