package countinghouse.metering.event;

/** Where a record lies in the log; offsets order the records of one partition. */
public record Position(String topic, int partition, long offset) {
    @Override
    public String toString() {
        return topic + "-" + partition + "@" + offset;
    }
}
