package countinghouse.billing.forecast;

import countinghouse.kit.config.Settings;
import java.util.ServiceLoader;

/** Opens {@link LiveCounts}; found by {@link ServiceLoader}. */
public interface LiveCountsProvider {
    LiveCounts open(Settings settings);
}
