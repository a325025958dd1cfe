package countinghouse.speed.projector;

import countinghouse.metering.meter.Aggregation;
import countinghouse.metering.meter.MeterCatalog;
import countinghouse.speed.projector.RowBatch.Hash;
import java.util.Optional;

/**
 * The totals that are kept beside the rows of an account and meter.
 *
 * @param kind how their values add up, as the scripts know it
 */
record RowTotals(String kind) {
    /** Empty if the rows of the meter do not add up to a number, or the meter is not known. */
    static Optional<RowTotals> of(Hash hash, MeterCatalog meters) {
        return meters.meter(hash.meter())
                .flatMap(meter -> kindOf(meter.aggregation()))
                .map(RowTotals::new);
    }

    private static Optional<String> kindOf(Aggregation aggregation) {
        return switch (aggregation.name()) {
            case "COUNT", "SUM" -> Optional.of("SUM");
            case "MIN" -> Optional.of("MIN");
            case "MAX" -> Optional.of("MAX");
            default -> Optional.empty();
        };
    }
}
