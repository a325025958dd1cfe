package countinghouse.batch.maintenance;

import java.time.Instant;

/**
 * Which generations stay whoever asks for them; those that bills name stay beside them.
 *
 * @param before how many before the served one, at least one: what a rollback goes back to
 * @param since generations that were published later stay
 */
public record KeptGenerations(int before, Instant since) {
    public KeptGenerations {
        if (before < 1) {
            throw new IllegalArgumentException(
                    "%d generations before the served one would be kept; a rollback needs one".formatted(before));
        }
    }
}
