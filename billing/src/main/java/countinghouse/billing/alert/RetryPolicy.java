package countinghouse.billing.alert;

import countinghouse.kit.config.Settings;
import java.time.Duration;

/**
 * What follows a failed attempt: waits that double, then the dead-letter list.
 *
 * @param attempts before a delivery is dead ({@code alerts.attempts}, 8)
 * @param first wait after the first failure ({@code alerts.first-retry}, 5 s)
 * @param longest wait ({@code alerts.longest-retry}, 1 h)
 */
public record RetryPolicy(int attempts, Duration first, Duration longest) {
    private static final int MAX_DOUBLINGS = 20;

    static RetryPolicy from(Settings settings) {
        return new RetryPolicy(
                settings.integer("alerts.attempts", 8),
                settings.duration("alerts.first-retry", Duration.ofSeconds(5)),
                settings.duration("alerts.longest-retry", Duration.ofHours(1)));
    }

    /** The wait after so many failures, from 1. */
    Duration waitAfter(int failures) {
        Duration wait = first.multipliedBy(1L << Math.min(failures - 1, MAX_DOUBLINGS));
        return wait.compareTo(longest) > 0 ? longest : wait;
    }

    boolean isExhausted(int failures) {
        return failures >= attempts;
    }
}
