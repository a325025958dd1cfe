package countinghouse.local.demo;

import countinghouse.ingestion.truth.TruthRow;
import countinghouse.kit.config.ConfigurationFolder;
import countinghouse.kit.config.Settings;
import countinghouse.metering.meter.Meter;
import countinghouse.metering.meter.MeterCatalog;
import countinghouse.metering.schedule.CountingSchedule;
import java.util.List;

/**
 * The meters of the platform that the generator knows the truth of: exact ones, defined as this build ships them. What a deployment adds or
 * defines otherwise is counted too, but nobody here knows what it must come to.
 */
record KnownMeters(List<Meter> meters) {
    static KnownMeters of(Settings settings) {
        MeterCatalog shipped = MeterCatalog.standard();
        MeterCatalog counted =
                ConfigurationFolder.parse(settings, CountingSchedule::of).meters();
        return new KnownMeters(counted.meters().stream()
                .filter(meter -> meter.aggregation().isExact())
                .filter(meter ->
                        shipped.meter(meter.slug()).filter(meter::equals).isPresent())
                .toList());
    }

    /** Whether a row of the truth can be compared. */
    boolean has(TruthRow row) {
        return slugs().contains(row.meter());
    }

    List<String> slugs() {
        return meters.stream().map(Meter::slug).toList();
    }
}
