package countinghouse.bench.ingest;

import countinghouse.kit.command.CommandFailure;
import countinghouse.kit.command.ExitCode;
import countinghouse.schemas.EventType;
import countinghouse.schemas.event.TicketEvent;
import countinghouse.schemas.registry.EventDecoder;
import countinghouse.schemas.registry.HttpSchemaRegistry;
import java.net.URI;
import java.time.Duration;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** Reads the whole log back: every event that was answered 204 must be there, once unless it was sent again, with the account it was sent with. */
final class StoredEvents {
    private final BitSet numbers = new BitSet();
    private long records;
    private long bytes;

    private StoredEvents() {}

    static StoredEvents read(String bootstrapServers, URI registry) {
        EventDecoder decoder = new EventDecoder(new HttpSchemaRegistry(registry.toString()), EventType.TICKET);
        StoredEvents stored = new StoredEvents();
        try (KafkaConsumer<byte[], byte[]> consumer = new KafkaConsumer<>(
                Map.of("bootstrap.servers", bootstrapServers),
                new ByteArrayDeserializer(),
                new ByteArrayDeserializer())) {
            List<TopicPartition> partitions = consumer.partitionsFor(EventType.TICKET.topic()).stream()
                    .map(info -> new TopicPartition(info.topic(), info.partition()))
                    .toList();
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
            while (partitions.stream().anyMatch(partition -> consumer.position(partition) < ends.get(partition))) {
                consumer.poll(Duration.ofMillis(500)).forEach(record -> stored.take(record, decoder));
            }
        }
        return stored;
    }

    private void take(ConsumerRecord<byte[], byte[]> record, EventDecoder decoder) {
        TicketEvent event = (TicketEvent) decoder.decode(record.value());
        long number = TicketBatches.numberOf(event.getId());
        if (!event.getAccount().equals(TicketBatches.account(number))
                || !event.getSource().equals(TicketBatches.SOURCE)
                || event.getWaitSeconds() != 245) {
            throw new CommandFailure(ExitCode.DISAGREED, "Event %d was stored as %s".formatted(number, event));
        }
        numbers.set(Math.toIntExact(number));
        records++;
        bytes += record.value().length;
    }

    /**
     * Checks that the events 0 up to a number are all there, and no others.
     *
     * @throws CommandFailure if not
     */
    void require(long events, boolean resent) {
        boolean all = numbers.cardinality() == events && numbers.nextClearBit(0) == events;
        if (!all || (!resent && records != events)) {
            throw new CommandFailure(
                    ExitCode.DISAGREED,
                    "%,d events were answered 204; the log has %,d records of %,d events, the first missing is %,d"
                            .formatted(events, records, numbers.cardinality(), numbers.nextClearBit(0)));
        }
    }

    /** Mean size of a record's value. */
    int meanBytes() {
        return records == 0 ? 0 : Math.toIntExact(bytes / records);
    }
}
