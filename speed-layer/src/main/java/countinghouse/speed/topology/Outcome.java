package countinghouse.speed.topology;

import java.util.Locale;

/** What became of one record; the same classes as in the batch layer's conservation equation, and replays. */
enum Outcome {
    TICK,
    COUNTED,
    UNMETERED,
    DUPLICATE,
    INVALID,
    UNDECODABLE,
    /** The counts held the record already. */
    REPLAYED;

    String tag() {
        return name().toLowerCase(Locale.ROOT);
    }
}
