package countinghouse.local.supervisor;

import java.util.Locale;

/** What a platform has only if it is asked for. */
public enum Extra {
    /** SQL for analysts: 1.5 GB of heap, a JDK 24 or newer, and 800 MB to fetch the first time. */
    TRINO;

    /** As people write it. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
