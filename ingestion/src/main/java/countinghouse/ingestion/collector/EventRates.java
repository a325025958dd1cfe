package countinghouse.ingestion.collector;

import countinghouse.kit.access.key.ApiKey;
import io.github.bucket4j.Bucket;
import java.time.Duration;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

/**
 * How many events a key may send, counted by each process for itself. A request is let in whole as long as the key has not overdrawn, and
 * may overdraw: so a batch larger than a second's worth passes, and the wait after it is as long as it deserves.
 */
final class EventRates {
    private final Map<String, Bucket> buckets = new ConcurrentHashMap<>();

    /** Counts the events of a request; if they come too soon, the seconds to wait, at least 1, and none of them is counted. */
    OptionalLong retryAfterSeconds(ApiKey key, int events) {
        Bucket bucket =
                buckets.computeIfAbsent(key.id(), id -> bucket(key.grant().eventsPerSecond()));
        var first = bucket.tryConsumeAndReturnRemaining(1);
        if (!first.isConsumed()) {
            return OptionalLong.of(1 + TimeUnit.NANOSECONDS.toSeconds(first.getNanosToWaitForRefill()));
        }
        if (events > 1) {
            bucket.consumeIgnoringRateLimits(events - 1L);
        }
        return OptionalLong.empty();
    }

    private static Bucket bucket(int eventsPerSecond) {
        return Bucket.builder()
                .addLimit(limit -> limit.capacity(eventsPerSecond).refillGreedy(eventsPerSecond, Duration.ofSeconds(1)))
                .build();
    }
}
