package countinghouse.batch.proof;

import java.io.Serializable;

/**
 * Numbers of records, by what they are.
 *
 * @param events that can be judged
 * @param undecodable records that are no event
 * @param ticks records that only advance time
 */
record Kinds(long events, long undecodable, long ticks) implements Serializable {
    static final Kinds NONE = new Kinds(0, 0, 0);

    long records() {
        return events + undecodable + ticks;
    }

    Kinds plus(Kinds other) {
        return new Kinds(events + other.events, undecodable + other.undecodable, ticks + other.ticks);
    }
}
