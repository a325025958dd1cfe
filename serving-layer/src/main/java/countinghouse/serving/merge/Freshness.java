package countinghouse.serving.merge;

import countinghouse.serving.batchview.Generation;

/**
 * How far an answer can be trusted.
 *
 * @param generation whose batch counts and whose {@code closedThrough} the answer uses; {@link Generation#NONE} before the first
 * @param asOfMs when the counts were read
 * @param missing what the answer lacks, for people; null if it is complete
 * @param awaitsHistory whether it has live counts that history rules, which only the batch layer applies, may still change
 * @param countedFromMs start of the first ingest bucket in which the meter counts; null if it counts since the beginning
 */
public record Freshness(Generation generation, long asOfMs, String missing, boolean awaitsHistory, Long countedFromMs) {
    /** Whether counts are missing: the value is then a lower bound of what was counted. */
    public boolean partial() {
        return missing != null;
    }

    /** A complete answer counts every event once, but history rules have not judged live views yet. */
    public Quality quality() {
        return partial() || awaitsHistory ? Quality.ESTIMATE : Quality.EXACT;
    }
}
