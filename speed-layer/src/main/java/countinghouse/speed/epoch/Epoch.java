package countinghouse.speed.epoch;

import countinghouse.schemas.Topics;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;

/**
 * One life of the speed layer's state: within it, the {@code n} of a row only grows. A new one starts when state was lost or is of another
 * version, with an application id and changelogs of its own, beside the old rows, which readers use until it has caught up (ADR 0023).
 *
 * @param number from 1
 * @param bucketWidth that its rows were counted with
 * @param horizon within which it recognised duplicates
 * @param stateVersion of the form and meaning of its state
 * @param topicIds of its changelogs, in the order of {@link #topics()}; another id means that a topic was made anew, without the state
 * @param reason why it was begun
 * @param begunAt when
 */
public record Epoch(
        long number,
        Duration bucketWidth,
        Duration horizon,
        int stateVersion,
        List<String> topicIds,
        String reason,
        Instant begunAt) {
    /** The Streams application that counts in this epoch. */
    public String applicationId() {
        return Topics.speedApplication(number);
    }

    /** The topics that the application writes. */
    public Set<String> topics() {
        return Set.of(Topics.usageCounts(number), Topics.speedIds(number), Topics.QUARANTINE);
    }
}
