package countinghouse.metering.event;

import static org.assertj.core.api.Assertions.assertThat;

import countinghouse.schemas.EventType;
import countinghouse.schemas.encoded.EncodedEventDecoder;
import countinghouse.schemas.registry.EventDecoder;
import countinghouse.schemas.registry.EventEncoder;
import countinghouse.schemas.registry.SchemaRegistry;
import countinghouse.schemas.registry.UndecodableException;
import java.io.ByteArrayOutputStream;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.apache.avro.LogicalTypes;
import org.apache.avro.Schema;
import org.apache.avro.io.Encoder;
import org.apache.avro.io.EncoderFactory;
import org.apache.avro.specific.SpecificData;
import org.apache.avro.specific.SpecificDatumWriter;
import org.apache.avro.specific.SpecificRecordBase;
import org.junit.jupiter.api.Test;

/** Events read in place against those of Avro's own decoder, which the batch layer and the door use. */
class EncodedEventsPropertyTest {
    private static final int HEADER = 5;
    private final SchemaRegistry registry = new ShippedSchemas();

    @Property(tries = 500)
    void shouldReadWhatAvroReads(@ForAll EventType type, @ForAll long seed) {
        byte[] framed = framed(type, new Random(seed));
        assertThat(inPlace(type, framed)).isPresent().isEqualTo(byAvro(type, framed));
    }

    @Property(tries = 500)
    void shouldWriteWhatAvroWrites(@ForAll EventType type, @ForAll long seed) throws Exception {
        SpecificRecordBase record = record(type, new Random(seed));
        ByteArrayOutputStream written = new ByteArrayOutputStream();
        Encoder encoder = EncoderFactory.get().binaryEncoder(written, null);
        new SpecificDatumWriter<SpecificRecordBase>(type.schema()).write(record, encoder);
        encoder.flush();
        byte[] framed = new EventEncoder(registry, type).encode(record);
        assertThat(Arrays.copyOfRange(framed, HEADER, framed.length)).isEqualTo(written.toByteArray());
    }

    @Property(tries = 2000)
    void shouldRefuseWhatAvroRefuses(
            @ForAll EventType type, @ForAll long seed, @ForAll @IntRange(min = 1, max = 3) int changes) {
        Random random = new Random(seed);
        byte[] framed = framed(type, random);
        for (int i = 0; i < changes; i++) {
            framed[HEADER + random.nextInt(framed.length - HEADER)] = (byte) random.nextInt(256);
        }
        byte[] damaged = random.nextInt(4) == 0
                ? Arrays.copyOf(framed, HEADER + random.nextInt(framed.length - HEADER + 2))
                : framed;
        assertThat(inPlace(type, damaged)).isEqualTo(byAvro(type, damaged));
    }

    @Test
    void shouldCallADecimalWithoutDigitsUndecodable() {
        SpecificRecordBase ticket = record(EventType.TICKET, new Random(1));
        ticket.put("price", new BigDecimal("0.000000001"));
        ticket.put("currency", null);
        byte[] framed = new EventEncoder(registry, EventType.TICKET).encode(ticket);
        int price = lastIndexOf(framed, new byte[] {2, 2, 1, 0});
        byte[] without = new byte[framed.length - 1];
        System.arraycopy(framed, 0, without, 0, price + 1);
        System.arraycopy(framed, price + 3, without, price + 2, framed.length - price - 3);
        assertThat(inPlace(EventType.TICKET, without)).isEmpty();
        assertThat(byAvro(EventType.TICKET, without)).isEmpty();
    }

    private static int lastIndexOf(byte[] bytes, byte[] wanted) {
        for (int at = bytes.length - wanted.length; at >= 0; at--) {
            if (Arrays.equals(bytes, at, at + wanted.length, wanted, 0, wanted.length)) {
                return at;
            }
        }
        throw new IllegalArgumentException("not there");
    }

    private Optional<Map<String, Object>> inPlace(EventType type, byte[] framed) {
        try {
            return Optional.of(
                    said(type, new EncodedEvents(type).event(new EncodedEventDecoder(registry, type).decode(framed))));
        } catch (UndecodableException e) {
            return Optional.empty();
        }
    }

    private Optional<Map<String, Object>> byAvro(EventType type, byte[] framed) {
        try {
            return Optional.of(said(type, new AvroEvents(type).event(new EventDecoder(registry, type).decode(framed))));
        } catch (UndecodableException e) {
            return Optional.empty();
        }
    }

    /** Everything that counting may ask an event. */
    private static Map<String, Object> said(EventType type, Event event) {
        Map<String, Object> said = new HashMap<>();
        said.put("event", event.name() + " " + event.id() + " " + event.source() + " " + event.account());
        said.put("time", event.occurredAtMs());
        for (Schema.Field field : type.schema().getFields()) {
            said.put("property " + field.name(), event.properties().get(field.name()));
        }
        if (event.properties() instanceof CustomProperties custom) {
            said.put("data", Map.copyOf(custom.data()));
        }
        return said;
    }

    private byte[] framed(EventType type, Random random) {
        return new EventEncoder(registry, type).encode(record(type, random));
    }

    private static SpecificRecordBase record(EventType type, Random random) {
        SpecificRecordBase record = (SpecificRecordBase) SpecificData.get().newRecord(null, type.schema());
        for (Schema.Field field : type.schema().getFields()) {
            record.put(field.pos(), value(field.schema(), random));
        }
        return record;
    }

    private static Object value(Schema schema, Random random) {
        return switch (schema.getType()) {
            case UNION -> random.nextBoolean() ? null : value(schema.getTypes().get(1), random);
            case STRING -> text(random);
            case INT -> random.nextInt() >> random.nextInt(32);
            case LONG -> random.nextLong() >> random.nextInt(64);
            case BOOLEAN -> random.nextBoolean();
            case BYTES ->
                new BigDecimal(
                        new BigInteger(1 + random.nextInt(70), random),
                        ((LogicalTypes.Decimal) schema.getLogicalType()).getScale());
            case MAP -> {
                Map<String, String> map = new HashMap<>();
                for (int i = random.nextInt(4); i > 0; i--) {
                    map.put(text(random), text(random));
                }
                yield map;
            }
            default -> throw new IllegalArgumentException(schema.toString());
        };
    }

    private static String text(Random random) {
        String[] samples = {"", "a", "counter-07", "Straße", "日本", "x".repeat(80), "😀"};
        return samples[random.nextInt(samples.length)] + (random.nextBoolean() ? random.nextInt(3) : "");
    }

    /** The id of a schema is the ordinal of its type plus one. */
    private static final class ShippedSchemas implements SchemaRegistry {
        @Override
        public int register(String subject, Schema schema) {
            return Arrays.stream(EventType.values())
                            .filter(type -> type.subject().equals(subject))
                            .findFirst()
                            .orElseThrow()
                            .ordinal()
                    + 1;
        }

        @Override
        public Schema byId(int id) {
            return EventType.values()[id - 1].schema();
        }
    }
}
