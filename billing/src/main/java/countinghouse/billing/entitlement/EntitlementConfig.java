package countinghouse.billing.entitlement;

import countinghouse.kit.config.ConfigurationException;
import countinghouse.kit.config.RedisAddress;
import countinghouse.kit.config.Settings;
import java.time.Duration;

/**
 * How admission works here.
 *
 * @param redis where the counters are ({@code redis.url})
 * @param timeout after which the counters count as unavailable ({@code entitlements.timeout}, 500 ms)
 * @param reservation how long an admitted job keeps its place before its first event ({@code entitlements.reservation-lease}, 5 min)
 * @param lease how long a running job keeps its place after an event ({@code entitlements.job-lease}, 1 h); a job must send an event more
 *     often, and a lost last event frees the place after so long
 * @param limitsAge for how long limits that were read from the books are used ({@code entitlements.limits-age}, 10 s)
 */
public record EntitlementConfig(
        RedisAddress redis, Duration timeout, Duration reservation, Duration lease, Duration limitsAge) {
    public static EntitlementConfig from(Settings settings) {
        return new EntitlementConfig(
                RedisAddress.from(settings),
                positive(settings, "entitlements.timeout", Duration.ofMillis(500)),
                positive(settings, "entitlements.reservation-lease", Duration.ofMinutes(5)),
                positive(settings, "entitlements.job-lease", Duration.ofHours(1)),
                positive(settings, "entitlements.limits-age", Duration.ofSeconds(10)));
    }

    private static Duration positive(Settings settings, String key, Duration fallback) {
        Duration value = settings.duration(key, fallback);
        if (value.isNegative() || value.isZero()) {
            throw new ConfigurationException(
                    "The setting '%s' is %s; it must be longer than nothing".formatted(key, value));
        }
        return value;
    }
}
