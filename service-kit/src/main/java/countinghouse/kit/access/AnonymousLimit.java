package countinghouse.kit.access;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import countinghouse.kit.config.Settings;
import io.github.bucket4j.Bucket;
import io.github.bucket4j.ConsumptionProbe;
import java.time.Duration;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;

/**
 * How many requests without valid credentials an address may make (SEC-07, C22), counted by each process for itself. Memory is bounded: of
 * more addresses at a time the longest unseen are forgotten.
 */
public final class AnonymousLimit {
    private static final Duration PERIOD = Duration.ofSeconds(60);
    private static final int MAX_ADDRESSES = 50_000;

    private final int requests;
    private final Cache<String, Bucket> buckets = Caffeine.newBuilder()
            .maximumSize(MAX_ADDRESSES)
            .expireAfterAccess(PERIOD.multipliedBy(2))
            .build();

    /**
     * A limit per address.
     *
     * @param requests per 60 s, at least 1
     */
    public AnonymousLimit(int requests) {
        this.requests = requests;
    }

    /** The limit by {@code access.anonymous-requests-per-minute} (100). */
    public static AnonymousLimit from(Settings settings) {
        return new AnonymousLimit(settings.integer("access.anonymous-requests-per-minute", 100));
    }

    /** Counts a request; if it is one too many, the seconds after which there is room for one, at least 1. */
    public OptionalLong retryAfterSeconds(String address) {
        ConsumptionProbe probe = buckets.get(address, this::bucket).tryConsumeAndReturnRemaining(1);
        return probe.isConsumed()
                ? OptionalLong.empty()
                : OptionalLong.of(1 + TimeUnit.NANOSECONDS.toSeconds(probe.getNanosToWaitForRefill()));
    }

    private Bucket bucket(String address) {
        return Bucket.builder()
                .addLimit(limit -> limit.capacity(requests).refillGreedy(requests, PERIOD))
                .build();
    }
}
