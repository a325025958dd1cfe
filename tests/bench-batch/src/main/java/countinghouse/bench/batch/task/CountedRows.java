package countinghouse.bench.batch.task;

import countinghouse.bench.batch.answer.RowDigest;
import countinghouse.metering.row.RowKey;
import countinghouse.metering.row.RowValue;

/** Rows of ours in the form in which they are compared. */
final class CountedRows {
    private static final String OFFERING_START = "{\"offering_id\":\"";
    private static final String OFFERING_END = "\"}";

    private CountedRows() {}

    static void add(RowDigest digest, RowKey key, RowValue value) {
        String dimensions = key.dimensions();
        digest.add(
                key.meter(),
                key.account(),
                dimensions.substring(OFFERING_START.length(), dimensions.length() - OFFERING_END.length()),
                key.cellMs(),
                key.bucketMs(),
                Integer.parseInt(key.partition().substring(key.partition().lastIndexOf('-') + 1)),
                value.n(),
                value.value());
    }
}
