package countinghouse.serving.batchview;

import countinghouse.metering.meter.Aggregation;
import countinghouse.serving.scope.Accounts;
import countinghouse.serving.scope.TimeRange;
import java.util.Map;
import java.util.Set;

/**
 * What to read of one generation's counts, aggregated as far as the question allows.
 *
 * @param meter slug
 * @param aggregation of the meter
 * @param accounts whose rows
 * @param range of event time
 * @param where dimension to admitted values
 * @param wholeDimensions the canonical dimensions of every row that {@code where} admits, where it names each dimension; null where rows
 *     have dimensions besides, or nothing is asked of them
 * @param byAccount whether rows of different accounts stay apart
 * @param byDimensions whether rows of different dimensions stay apart
 * @param byCell whether rows of different cells stay apart
 */
public record BatchQuery(
        String meter,
        Aggregation aggregation,
        Accounts accounts,
        TimeRange range,
        Map<String, Set<String>> where,
        Set<String> wholeDimensions,
        boolean byAccount,
        boolean byDimensions,
        boolean byCell) {
    /** Whether totals over all time answer it: they are kept with each generation and need no adding up. */
    boolean needsTotalsOnly() {
        return aggregation.isExact()
                && !range.hasStart()
                && !range.hasEnd()
                && (where.isEmpty() || wholeDimensions != null)
                && !byCell;
    }

    /** The same question about other accounts. */
    BatchQuery of(Accounts newAccounts, boolean newByAccount) {
        return new BatchQuery(
                meter, aggregation, newAccounts, range, where, wholeDimensions, newByAccount, byDimensions, byCell);
    }
}
