package countinghouse.speed.topology;

import countinghouse.metering.meter.Aggregation;
import countinghouse.metering.meter.Meter;
import countinghouse.metering.meter.MeterCatalog;
import countinghouse.metering.row.Contribution;
import countinghouse.metering.row.Quantity;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.HashMap;
import java.util.Map;

/**
 * What this process has counted, by meter over all accounts: for alerts, not for bills. It is rounded, and what a commit that did not come
 * about had counted is in it twice.
 */
public final class MeteredAmounts {
    private final Map<String, Counter> byMeter;

    private MeteredAmounts(Map<String, Counter> byMeter) {
        this.byMeter = byMeter;
    }

    /** For processes whose metrics tell no amounts. */
    public static MeteredAmounts untold() {
        return new MeteredAmounts(Map.of());
    }

    /** Tells what meters of counts and sums come to; those of other aggregations do not add up. */
    public static MeteredAmounts told(MeterCatalog meters, MeterRegistry registry) {
        Map<String, Counter> byMeter = new HashMap<>();
        for (Meter meter : meters.meters()) {
            if (meter.aggregation() == Aggregation.COUNT || meter.aggregation() == Aggregation.SUM) {
                byMeter.put(
                        meter.slug(),
                        Counter.builder("countinghouse.speed.metered")
                                .description("What was counted live, over all accounts; negative values left out")
                                .tag("meter", meter.slug())
                                .register(registry));
            }
        }
        return new MeteredAmounts(byMeter);
    }

    void add(Meter meter, Contribution contribution) {
        if (byMeter.isEmpty()) {
            return;
        }
        Counter counter = byMeter.get(meter.slug());
        if (counter != null && contribution instanceof Quantity quantity) {
            counter.increment(quantity.number().doubleValue());
        }
    }
}
