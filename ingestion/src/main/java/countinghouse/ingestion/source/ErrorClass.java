package countinghouse.ingestion.source;

import java.time.Duration;
import java.util.Locale;

/** Errors of jobs and how they are retried: the table of requirements.md 3.7. */
enum ErrorClass {
    TEMPORARY(3),
    RESOURCE(5),
    AUTH(0),
    NETWORK(3);

    private final int retries;

    ErrorClass(int retries) {
        this.retries = retries;
    }

    int retries() {
        return retries;
    }

    /** The pause after the n-th failed attempt, from 1. */
    Duration backoff(int attempt) {
        return switch (this) {
            case TEMPORARY -> Duration.ofSeconds((long) StrictMath.pow(2, attempt));
            case RESOURCE -> Duration.ofSeconds(30);
            case NETWORK -> Duration.ofSeconds((long) StrictMath.pow(5, attempt));
            case AUTH -> Duration.ZERO;
        };
    }

    String label() {
        return name().toLowerCase(Locale.ROOT);
    }
}
