package countinghouse.speed.dedup;

/**
 * What is known of an identity when a record of it arrives.
 *
 * @param kind whether it counts
 * @param isNews whether the changelog must be told: the identity is new, or was not seen in this bucket yet
 * @param firstDigest of the payload of its first arrival within the horizon
 */
public record Sighting(Kind kind, boolean isNews, int firstDigest) {
    /** Whether the record is the first of its identity within the horizon. */
    public enum Kind {
        FIRST,
        /** The same payload again. */
        DUPLICATE,
        /** Another payload under the same identity: a duplicate as far as counting goes. */
        CONFLICT
    }
}
