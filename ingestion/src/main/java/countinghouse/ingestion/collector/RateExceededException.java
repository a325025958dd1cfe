package countinghouse.ingestion.collector;

import countinghouse.kit.access.key.ApiKey;

/** A key sends faster than it may. */
final class RateExceededException extends RuntimeException {
    private final long retryAfterSeconds;

    RateExceededException(ApiKey key, long retryAfterSeconds) {
        super(
                "Your API key %s may send %d events/s; wait %d s"
                        .formatted(key.id(), key.grant().eventsPerSecond(), retryAfterSeconds),
                null,
                false,
                false);
        this.retryAfterSeconds = retryAfterSeconds;
    }

    long retryAfterSeconds() {
        return retryAfterSeconds;
    }
}
