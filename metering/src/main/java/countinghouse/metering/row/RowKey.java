package countinghouse.metering.row;

/**
 * What a count row counts.
 *
 * @param meter slug
 * @param account the party billed or paid
 * @param dimensions canonical JSON object with sorted keys, {@code {}} if the meter has none
 * @param cellMs start of the cell of event time
 * @param bucketMs start of the ingest bucket
 * @param partition source partition as {@code topic-number}; each partition writes rows of its own, and readers add them
 */
public record RowKey(String meter, String account, String dimensions, long cellMs, long bucketMs, String partition) {
    /** The name of a source partition in row keys. */
    public static String partitionName(String topic, int partition) {
        return topic + "-" + partition;
    }
}
