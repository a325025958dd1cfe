package countinghouse.ingestion.collector;

import static java.nio.charset.StandardCharsets.UTF_8;

import countinghouse.schemas.EventType;
import countinghouse.schemas.Partitioning;
import countinghouse.schemas.Topics;
import countinghouse.schemas.event.AdEvent;
import countinghouse.schemas.registry.EventEncoder;
import countinghouse.schemas.registry.SchemaRegistry;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.apache.avro.specific.SpecificRecordBase;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;

/** Kafka records of valid events, in the wire format of the contract. Thread-safe: encoders are per thread. */
final class EventRecords {
    private static final String AD_TYPE = "ad.impression";

    private final SchemaRegistry registry;
    private final int partitions;
    private final ThreadLocal<Map<EventType, EventEncoder>> encoders =
            ThreadLocal.withInitial(() -> new EnumMap<>(EventType.class));

    EventRecords(SchemaRegistry registry, int partitions) {
        this.registry = registry;
        this.partitions = partitions;
    }

    /**
     * The records of an event: its own and those of its ads.
     *
     * @param trace W3C trace context that they carry, null if none
     */
    List<ProducerRecord<byte[], byte[]>> records(MappedEvent mapped, String correlationId, String trace) {
        List<ProducerRecord<byte[], byte[]>> records =
                new ArrayList<>(1 + mapped.ads().size());
        records.add(record(
                mapped.type(),
                mapped.account(),
                mapped.event(),
                headers(mapped.cloudEventType(), correlationId, trace)));
        for (AdEvent ad : mapped.ads()) {
            records.add(record(EventType.AD, ad.getAccount(), ad, headers(AD_TYPE, correlationId, trace)));
        }
        return records;
    }

    private ProducerRecord<byte[], byte[]> record(
            EventType type, String account, SpecificRecordBase event, Headers headers) {
        byte[] value = encoders.get()
                .computeIfAbsent(type, missing -> new EventEncoder(registry, missing))
                .encode(event);
        int partition = Partitioning.partitionOf(account, partitions);
        return new ProducerRecord<>(type.topic(), partition, account.getBytes(UTF_8), value, headers);
    }

    private static Headers headers(String cloudEventType, String correlationId, String trace) {
        Headers headers = new RecordHeaders();
        headers.add(Topics.TYPE_HEADER, cloudEventType.getBytes(UTF_8));
        headers.add(Topics.CORRELATION_HEADER, correlationId.getBytes(UTF_8));
        if (trace != null) {
            headers.add(Topics.TRACE_HEADER, trace.getBytes(UTF_8));
        }
        return headers;
    }
}
