package countinghouse.batch.recompute;

import countinghouse.metering.row.RowKey;
import countinghouse.metering.row.RowValue;
import java.util.function.BiConsumer;

/**
 * Where a recomputation's rows go, bucket by bucket.
 *
 * @param rows what is counted
 * @param lateDuplicates what the speed layer counts beyond it: duplicates that only the longer horizon finds
 * @param removedByHistory what the speed layer counts beyond it: contributions that a view has lost by a history rule
 * @param addedByHistory what it counts beyond the speed layer: contributions that a view has gained by a history rule
 */
public record RowSinks(
        BiConsumer<RowKey, RowValue> rows,
        BiConsumer<RowKey, RowValue> lateDuplicates,
        BiConsumer<RowKey, RowValue> removedByHistory,
        BiConsumer<RowKey, RowValue> addedByHistory) {}
