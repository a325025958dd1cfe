package countinghouse.fault.oracle;

/**
 * What a row counts.
 *
 * @param dimensions JSON object with sorted keys
 * @param cellMs start of the cell of event time
 * @param bucketMs start of the ingest bucket
 * @param partition {@code topic-number}
 */
public record RowName(String meter, String account, String dimensions, long cellMs, long bucketMs, String partition) {}
