package countinghouse.serving.batchview;

import countinghouse.metering.row.Measure;

/**
 * Published counts, aggregated.
 *
 * @param account null unless kept apart
 * @param dimensions canonical text; null unless kept apart
 * @param firstCellMs start of the first cell
 * @param lastCellMs start of the last cell; the first one if cells were kept apart
 * @param n events
 * @param measure by the meter's aggregation
 */
public record BatchRow(String account, String dimensions, long firstCellMs, long lastCellMs, long n, Measure measure) {
    /** The same row as it is when accounts are not kept apart. */
    BatchRow ofNobody() {
        return new BatchRow(null, dimensions, firstCellMs, lastCellMs, n, measure);
    }
}
