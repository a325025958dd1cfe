package countinghouse.billing;

import countinghouse.kit.config.Settings;
import java.time.Duration;

/**
 * How this deployment bills.
 *
 * @param grace how long after a period's end it may be billed ({@code billing.grace}, 24 h)
 * @param batchSize accounts per transaction of a run ({@code billing.batch-size}, 500)
 */
public record BillingConfig(Duration grace, int batchSize) {
    public static BillingConfig from(Settings settings) {
        return new BillingConfig(
                settings.duration("billing.grace", Duration.ofHours(24)), settings.integer("billing.batch-size", 500));
    }
}
