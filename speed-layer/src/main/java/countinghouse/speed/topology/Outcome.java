package countinghouse.speed.topology;

import java.util.Locale;

/** What became of one record; the same classes as in the batch layer's conservation equation, and replays. */
public enum Outcome {
    TICK,
    COUNTED,
    UNMETERED,
    DUPLICATE,
    /** A duplicate whose payload is not that of the first arrival. */
    CONFLICT,
    INVALID,
    UNDECODABLE,
    /** It lies before the first bucket that this epoch counts, and only tells that its id was used. */
    BEFORE_START,
    /** The counts held the record already. */
    REPLAYED;

    String tag() {
        return name().toLowerCase(Locale.ROOT);
    }
}
