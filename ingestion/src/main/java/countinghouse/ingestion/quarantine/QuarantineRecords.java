package countinghouse.ingestion.quarantine;

import static java.nio.charset.StandardCharsets.UTF_8;

import countinghouse.kit.http.Json;
import countinghouse.metering.rules.Violation;
import countinghouse.schemas.Partitioning;
import countinghouse.schemas.QuarantinedEvent;
import countinghouse.schemas.Topics;
import org.apache.kafka.clients.producer.ProducerRecord;

/** Records of {@code events.quarantine}: an event that was refused, why, and its text as received. */
public final class QuarantineRecords {
    /** A longer text is cut here, so that its JSON fits into a record whatever has to be escaped. */
    static final int MAX_PAYLOAD_LENGTH = 128 * 1024;

    private static final int MAX_NAME_LENGTH = 1024;

    private final int partitions;

    /** Records for a topic of that many partitions. */
    public QuarantineRecords(int partitions) {
        this.partitions = partitions;
    }

    /**
     * The record of a refused event. Without a readable account it has no key and may go to any partition.
     *
     * @param violation why it was refused
     * @param source CloudEvents source, null if unreadable
     * @param account CloudEvents subject, null if unreadable
     * @param text the event as received
     */
    public ProducerRecord<byte[], byte[]> record(
            Violation violation, String source, String account, String text, long receivedAtMs) {
        String name = cut(account, MAX_NAME_LENGTH);
        byte[] value = Json.text(new QuarantinedEvent(
                        violation.rule(),
                        violation.field(),
                        cut(violation.message(), MAX_NAME_LENGTH),
                        receivedAtMs,
                        cut(source, MAX_NAME_LENGTH),
                        name,
                        cut(text, MAX_PAYLOAD_LENGTH)))
                .getBytes(UTF_8);
        Integer partition = name == null ? null : Partitioning.partitionOf(name, partitions);
        byte[] key = name == null ? null : name.getBytes(UTF_8);
        return new ProducerRecord<>(Topics.QUARANTINE, partition, key, value);
    }

    private static String cut(String text, int length) {
        return text == null || text.length() <= length ? text : text.substring(0, length);
    }
}
