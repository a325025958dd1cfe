package countinghouse.ingestion.canary;

import java.util.Locale;

/** What became of a canary's event. */
enum CanaryResult {
    COUNTED,
    /** The door or the API did not answer as it should. */
    REFUSED,
    /** The count had not moved when patience ended. */
    ABSENT,
    /** The count moved by more than one. */
    MISCOUNTED;

    String label() {
        return name().toLowerCase(Locale.ROOT);
    }
}
