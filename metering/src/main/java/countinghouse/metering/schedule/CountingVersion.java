package countinghouse.metering.schedule;

import countinghouse.metering.meter.Meter;
import countinghouse.metering.meter.MeterCatalog;
import countinghouse.metering.meter.MeterEvaluator;
import countinghouse.metering.network.NetworkList;
import countinghouse.metering.rules.ViewRules;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/**
 * How the records of some ingest buckets are counted.
 *
 * @param pin number, start and content
 * @param meters that count
 * @param rules that judge views
 * @param networks that are data centres', by which the door judges the address of a client
 * @param evaluator of both
 */
public record CountingVersion(
        VersionPin pin, MeterCatalog meters, ViewRules rules, NetworkList networks, MeterEvaluator evaluator) {
    CountingVersion(VersionPin pin, MeterCatalog meters, ViewRules rules, NetworkList networks) {
        this(pin, meters, rules, networks, new MeterEvaluator(meters, rules));
    }

    /** This version with meters that it does not have. */
    CountingVersion with(Collection<Meter> more) {
        List<Meter> all = new ArrayList<>(meters.meters());
        all.addAll(more);
        return new CountingVersion(pin, new MeterCatalog(meters.version(), all), rules, networks);
    }
}
