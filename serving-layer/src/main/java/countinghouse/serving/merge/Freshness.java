package countinghouse.serving.merge;

import countinghouse.serving.batchview.Generation;

/**
 * How far an answer can be trusted.
 *
 * @param generation whose batch counts and whose {@code closedThrough} the answer uses; {@link Generation#NONE} before the first
 * @param asOfMs when the counts were read
 * @param missing what the answer lacks, for people; null if it is complete
 */
public record Freshness(Generation generation, long asOfMs, String missing) {
    /** Whether counts are missing: the value is then a lower bound of what was counted. */
    public boolean partial() {
        return missing != null;
    }

    /** A complete answer counts every event once. No meter of this build depends on rules that only the batch layer applies. */
    public Quality quality() {
        return partial() ? Quality.ESTIMATE : Quality.EXACT;
    }
}
