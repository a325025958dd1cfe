package countinghouse.billing;

import countinghouse.kit.config.Settings;
import java.time.Duration;

/**
 * How this deployment bills.
 *
 * @param grace how long after a period's end it may be billed ({@code billing.grace}, 24 h)
 * @param batchSize accounts per transaction of a run ({@code billing.batch-size}, 500)
 * @param requireEvidence whether billing refuses to start where raw events cannot be read ({@code billing.require-evidence}, true unless
 *     {@code auth.jwt-secret} makes the profile a local one)
 */
public record BillingConfig(Duration grace, int batchSize, boolean requireEvidence) {
    /** The settings; a platform that issues its own tokens is a local one. */
    public static BillingConfig from(Settings settings) {
        boolean isLocal = settings.find("auth.jwt-secret").isPresent();
        return new BillingConfig(
                settings.duration("billing.grace", Duration.ofHours(24)),
                settings.integer("billing.batch-size", 500),
                settings.flag("billing.require-evidence", !isLocal));
    }
}
