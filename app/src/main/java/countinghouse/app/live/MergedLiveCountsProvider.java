package countinghouse.app.live;

import countinghouse.billing.forecast.LiveCounts;
import countinghouse.billing.forecast.LiveCountsProvider;
import countinghouse.kit.config.ConfigurationFolder;
import countinghouse.kit.config.Settings;
import countinghouse.metering.schedule.CountingSchedule;
import countinghouse.serving.merge.MergedCounts;

/** Lets billing estimate from live counts without knowing how they are merged. */
public final class MergedLiveCountsProvider implements LiveCountsProvider {
    @Override
    public LiveCounts open(Settings settings) {
        return new MergedLiveCounts(
                new MergedCounts(settings, ConfigurationFolder.parse(settings, CountingSchedule::of)));
    }
}
