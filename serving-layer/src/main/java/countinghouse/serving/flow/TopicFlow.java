package countinghouse.serving.flow;

import java.time.Instant;

/**
 * How far one topic is counted.
 *
 * @param topic of events
 * @param accepted records that the log ever took, ticks among them
 * @param counted records of these that are in the live counts
 * @param lagMs age of the oldest record that is not; 0 if there is none
 * @param countedThrough append time of the newest record that is in the live counts; null if there is none
 */
public record TopicFlow(String topic, long accepted, long counted, long lagMs, Instant countedThrough) {
    long lag() {
        return accepted - counted;
    }
}
