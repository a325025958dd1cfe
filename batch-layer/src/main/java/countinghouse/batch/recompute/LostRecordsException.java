package countinghouse.batch.recompute;

/** The archive of a partition has a hole: records are lost, and no count of it can be right. */
public final class LostRecordsException extends RuntimeException {
    LostRecordsException(String topic, int partition, long expectedOffset, long foundOffset) {
        super("The archive of %s-%d jumps from offset %d to %d; restore the missing records before counting"
                .formatted(topic, partition, expectedOffset, foundOffset));
    }
}
