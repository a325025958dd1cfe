package countinghouse.speed.projector;

import countinghouse.metering.meter.Aggregation;
import countinghouse.metering.meter.MeterCatalog;
import countinghouse.schemas.RedisKeys;
import countinghouse.speed.projector.RowBatch.Hash;
import java.util.List;
import java.util.Optional;

/**
 * The totals that are kept beside the rows of an account and meter.
 *
 * @param hash of the rows
 * @param kind how their values add up, as the scripts know it
 */
record RowTotals(Hash hash, String kind) {
    /** Empty if the rows of the meter do not add up to a number, or the meter is not known. */
    static Optional<RowTotals> of(Hash hash, MeterCatalog meters) {
        return meters.meter(hash.meter())
                .flatMap(meter -> kindOf(meter.aggregation()))
                .map(kind -> new RowTotals(hash, kind));
    }

    private static Optional<String> kindOf(Aggregation aggregation) {
        return switch (aggregation.name()) {
            case "COUNT", "SUM" -> Optional.of("SUM");
            case "MIN" -> Optional.of("MIN");
            case "MAX" -> Optional.of("MAX");
            default -> Optional.empty();
        };
    }

    /** The rows, and what is kept beside them; all in one slot. */
    List<String> keys(long epoch) {
        return List.of(
                RedisKeys.rows(hash.account(), hash.meter(), epoch),
                RedisKeys.totals(hash.account(), hash.meter(), epoch),
                RedisKeys.dimensionTotals(hash.account(), hash.meter(), epoch),
                RedisKeys.top(hash.account(), hash.meter(), epoch));
    }
}
