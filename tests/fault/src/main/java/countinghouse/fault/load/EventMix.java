package countinghouse.fault.load;

import static java.nio.charset.StandardCharsets.UTF_8;

import countinghouse.schemas.EventType;
import countinghouse.schemas.Partitioning;
import countinghouse.schemas.Topics;
import countinghouse.schemas.registry.EventEncoder;
import countinghouse.schemas.registry.SchemaRegistry;
import java.time.Clock;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.apache.avro.specific.SpecificRecordBase;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.internals.RecordHeader;

/**
 * A seeded stream of records such as producers send: every type, skewed accounts, duplicates, conflicts, late and invalid events, bytes
 * that are no event, and now and then a tick. The same seed gives the same order of events; only their times follow the clock.
 */
public final class EventMix {
    private static final int REMEMBERED = 5_000;
    private static final double DUPLICATES = 0.03;
    private static final double UNDECODABLE = 0.002;
    private static final double TICKS = 0.001;

    private final SplittableRandom random;
    private final Clock clock;
    private final int partitions;
    private final EventFactory factory;
    private final Map<EventType, EventEncoder> encoders = new EnumMap<>(EventType.class);
    private final List<ProducerRecord<byte[], byte[]>> sent = new ArrayList<>();

    /** @param partitions of every event topic */
    public EventMix(SchemaRegistry registry, int partitions, long seed, Clock clock) {
        this.random = new SplittableRandom(seed);
        this.clock = clock;
        this.partitions = partitions;
        this.factory = new EventFactory(random.split(), Long.toString(seed));
        for (EventType type : EventType.values()) {
            encoders.put(type, new EventEncoder(registry, type));
        }
    }

    public ProducerRecord<byte[], byte[]> next() {
        double kind = random.nextDouble();
        if (kind < TICKS) {
            return tick();
        }
        if (kind < TICKS + UNDECODABLE) {
            return record(anyType(), "broken", "not an event".getBytes(UTF_8));
        }
        if (kind < TICKS + UNDECODABLE + DUPLICATES && !sent.isEmpty()) {
            return sent.get(random.nextInt(sent.size()));
        }
        return remembered(event());
    }

    private ProducerRecord<byte[], byte[]> event() {
        SpecificRecordBase event = factory.next(clock.millis());
        EventType type = factory.typeOf(event);
        return record(type, (String) event.get("account"), encoders.get(type).encode(event));
    }

    private ProducerRecord<byte[], byte[]> remembered(ProducerRecord<byte[], byte[]> record) {
        if (sent.size() < REMEMBERED) {
            sent.add(record);
        } else {
            sent.set(random.nextInt(REMEMBERED), record);
        }
        return record;
    }

    private ProducerRecord<byte[], byte[]> record(EventType type, String account, byte[] value) {
        int partition = Partitioning.partitionOf(account, partitions);
        return new ProducerRecord<>(type.topic(), partition, account.getBytes(UTF_8), value);
    }

    private ProducerRecord<byte[], byte[]> tick() {
        byte[] end = Long.toString(clock.millis()).getBytes(UTF_8);
        return new ProducerRecord<>(
                anyType().topic(),
                random.nextInt(partitions),
                null,
                null,
                new byte[0],
                List.of(new RecordHeader(Topics.TICK_HEADER, end)));
    }

    private EventType anyType() {
        return EventType.values()[random.nextInt(EventType.values().length)];
    }
}
