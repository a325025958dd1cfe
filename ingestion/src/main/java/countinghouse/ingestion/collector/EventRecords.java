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
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.internals.RecordHeader;

/** Kafka records of valid events, in the wire format of the contract. Thread-safe: encoders are per thread. */
final class EventRecords {
    private final SchemaRegistry registry;
    private final int partitions;
    private final ThreadLocal<Map<EventType, EventEncoder>> encoders =
            ThreadLocal.withInitial(() -> new EnumMap<>(EventType.class));

    EventRecords(SchemaRegistry registry, int partitions) {
        this.registry = registry;
        this.partitions = partitions;
    }

    /**
     * The records of one request, made by the thread that asks.
     *
     * @param correlationId that all of them carry, null if none
     */
    OfRequest ofRequest(String correlationId) {
        return new OfRequest(encoders.get(), header(Topics.CORRELATION_HEADER, correlationId));
    }

    private static List<Header> header(String name, String value) {
        return value == null ? List.of() : List.of(new RecordHeader(name, value.getBytes(UTF_8)));
    }

    /** Makes the records of a request's events; what they have in common is made once. */
    final class OfRequest {
        private final Map<EventType, EventEncoder> own;
        private final List<Header> common;

        private OfRequest(Map<EventType, EventEncoder> own, List<Header> common) {
            this.own = own;
            this.common = common;
        }

        /**
         * Adds the records of an event: its own and those of its ads.
         *
         * @param trace W3C trace context that they carry, null if none
         */
        void add(MappedEvent mapped, String trace, List<ProducerRecord<byte[], byte[]>> records) {
            List<Header> headers = trace == null ? common : new ArrayList<>(common);
            if (trace != null) {
                headers.addAll(header(Topics.TRACE_HEADER, trace));
            }
            records.add(record(mapped.type(), mapped.account(), mapped.event(), headers));
            for (AdEvent ad : mapped.ads()) {
                records.add(record(EventType.AD, ad.getAccount(), ad, headers));
            }
        }

        private ProducerRecord<byte[], byte[]> record(
                EventType type, String account, SpecificRecordBase event, List<Header> headers) {
            byte[] key = account.getBytes(UTF_8);
            byte[] value = encoder(type).encode(event);
            return new ProducerRecord<>(type.topic(), Partitioning.partitionOf(key, partitions), key, value, headers);
        }

        private EventEncoder encoder(EventType type) {
            EventEncoder encoder = own.get(type);
            if (encoder == null) {
                encoder = new EventEncoder(registry, type);
                own.put(type, encoder);
            }
            return encoder;
        }
    }
}
