package countinghouse.schemas.encoded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import countinghouse.schemas.EventType;
import countinghouse.schemas.event.CustomEvent;
import countinghouse.schemas.event.TicketEvent;
import countinghouse.schemas.event.ViewEvent;
import countinghouse.schemas.registry.EventDecoder;
import countinghouse.schemas.registry.EventEncoder;
import countinghouse.schemas.registry.KeptSchemas;
import countinghouse.schemas.registry.OldWriter;
import countinghouse.schemas.registry.UndecodableException;
import java.math.BigDecimal;
import java.util.Arrays;
import java.util.Map;
import org.apache.avro.Schema;
import org.apache.avro.specific.SpecificRecordBase;
import org.junit.jupiter.api.Test;

/** The reader in place; a property test in {@code metering} compares it with Avro's over random and damaged records. */
class EncodedEventDecoderTest {
    private static final int HEADER = 5;

    private final KeptSchemas registry = new KeptSchemas();

    @Test
    void shouldFindEveryFieldOfARecord() {
        assertReadsLikeAvro(EventType.TICKET, fullTicket());
        assertReadsLikeAvro(EventType.TICKET, ticket().build());
        assertReadsLikeAvro(EventType.CUSTOM, custom(Map.of("quiz_id", "q", "länge", "ü".repeat(300))));
        assertReadsLikeAvro(EventType.CUSTOM, custom(Map.of()));
        assertReadsLikeAvro(
                EventType.VIEW,
                view().setViewDuration(86_400)
                        .setPrefetch(true)
                        .setOccurredAtMs(-1)
                        .build());
    }

    @Test
    void shouldTellKindsApart() {
        EncodedRecord record = inPlace(EventType.TICKET, encode(EventType.TICKET, fullTicket()));
        assertThat(record.isText(position("ticket_id"))).isTrue();
        assertThat(record.isDecimal(position("price"))).isTrue();
        assertThat(record.isNumber(position("wait_seconds"))).isTrue();
        assertThat(record.number(position("wait_seconds"))).isEqualTo(90);
        assertThat(record.isNumber(position("price"))).isFalse();
        assertThatThrownBy(() -> record.number(position("price")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("price");
    }

    @Test
    void shouldRefuseARecordThatEndsTooEarlyOrTooLate() {
        byte[] framed = encode(EventType.TICKET, fullTicket());
        for (int length = HEADER; length < framed.length; length++) {
            assertUndecodable(EventType.TICKET, Arrays.copyOf(framed, length));
        }
        assertUndecodable(EventType.TICKET, Arrays.copyOf(framed, framed.length + 1));
    }

    @Test
    void shouldRefuseLengthsBranchesAndNumbersThatCannotBe() {
        byte[] framed = encode(EventType.TICKET, ticket().build());
        assertUndecodable(EventType.TICKET, withByte(framed, HEADER, (byte) 1));
        assertUndecodable(EventType.TICKET, withByte(framed, framed.length - 1, (byte) 4));
        byte[] endless = framed.clone();
        Arrays.fill(endless, HEADER, endless.length, (byte) 0xff);
        assertUndecodable(EventType.TICKET, endless);
        byte[] map = encode(EventType.CUSTOM, custom(Map.of()));
        assertUndecodable(EventType.CUSTOM, withByte(map, map.length - 1, (byte) 7));
    }

    /** More than this process could make room for: a length that is believed would end it with an OutOfMemoryError. */
    @Test
    void shouldRefuseARecordThatClaimsATextOfTwoGigabytes() {
        byte[] length = zigzag(2_000_000_000);
        byte[] text = withTail(encode(EventType.TICKET, ticket().build()), HEADER, length);
        assertUndecodable(EventType.TICKET, text);
        byte[] map = encode(EventType.CUSTOM, custom(Map.of("quiz_id", "q")));
        int keyLength = map.length - "quiz_id".length() - 1 - "q".length() - 1 - 1;
        assertUndecodable(EventType.CUSTOM, withTail(map, keyLength, length));
        assertUndecodable(EventType.CUSTOM, withTail(map, keyLength - 1, length));
    }

    @Test
    void shouldReadARecordOfAnotherVersionOfTheSchema() {
        Schema older = OldWriter.withoutField(EventType.VIEW.schema(), "client_network");
        byte[] framed = OldWriter.encode(registry.register("old", older), older);
        EncodedRecord record = inPlace(EventType.VIEW, framed);
        assertThat(record.value(EventType.VIEW.schema().getField("video_id").pos()))
                .isEqualTo("v");
        assertThat(record.isNull(
                        EventType.VIEW.schema().getField("client_network").pos()))
                .isTrue();
    }

    @Test
    void shouldGiveOneStringForATextThatComesAgain() {
        TextCache cache = new TextCache(1);
        EncodedRecord first = inPlace(EventType.TICKET, encode(EventType.TICKET, fullTicket()));
        EncodedRecord second = inPlace(EventType.TICKET, encode(EventType.TICKET, fullTicket()));
        String text = cache.text(first, position("offering_id"));
        assertThat(text).isEqualTo("shöw");
        assertThat(cache.text(second, position("offering_id"))).isSameAs(text);
        assertThat(cache.text(second, position("ticket_id"))).isEqualTo("t".repeat(65));
        assertThat(cache.text(second, position("state"))).isEqualTo("paid");
        assertThat(cache.text(second, position("offering_id"))).isEqualTo(text).isNotSameAs(text);
    }

    private void assertReadsLikeAvro(EventType type, SpecificRecordBase record) {
        byte[] framed = encode(type, record);
        SpecificRecordBase byAvro = new EventDecoder(registry, type).decode(framed);
        EncodedRecord inPlace = inPlace(type, framed);
        for (Schema.Field field : type.schema().getFields()) {
            assertThat(inPlace.value(field.pos())).as(field.name()).isEqualTo(byAvro.get(field.pos()));
        }
    }

    private void assertUndecodable(EventType type, byte[] framed) {
        assertThatThrownBy(() -> inPlace(type, framed)).isInstanceOf(UndecodableException.class);
        assertThatThrownBy(() -> new EventDecoder(registry, type).decode(framed))
                .isInstanceOf(UndecodableException.class);
    }

    private EncodedRecord inPlace(EventType type, byte[] framed) {
        return new EncodedEventDecoder(registry, type).decode(framed);
    }

    private byte[] encode(EventType type, SpecificRecordBase record) {
        return new EventEncoder(registry, type).encode(record);
    }

    /** The first bytes up to a place, then others. */
    private static byte[] withTail(byte[] bytes, int at, byte[] tail) {
        byte[] changed = Arrays.copyOf(bytes, at + tail.length);
        System.arraycopy(tail, 0, changed, at, tail.length);
        return changed;
    }

    /** A positive number as Avro writes it. */
    private static byte[] zigzag(int number) {
        byte[] bytes = new byte[5];
        long rest = 2L * number;
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = (byte) (rest & 0x7f | (i == bytes.length - 1 ? 0 : 0x80));
            rest >>>= 7;
        }
        return bytes;
    }

    private static byte[] withByte(byte[] bytes, int at, byte value) {
        byte[] changed = bytes.clone();
        changed[at] = value;
        return changed;
    }

    private static int position(String ticketField) {
        return EventType.TICKET.schema().getField(ticketField).pos();
    }

    private static TicketEvent fullTicket() {
        return ticket().setPrice(new BigDecimal("-12.500000000"))
                .setCurrency("EUR")
                .setTicketClass("vip")
                .setWaitSeconds(90)
                .setUserId("u")
                .build();
    }

    private static TicketEvent.Builder ticket() {
        return TicketEvent.newBuilder()
                .setId("i")
                .setSource("s")
                .setAccount("organiser")
                .setOccurredAtMs(1_795_650_000_000L)
                .setState("paid")
                .setTicketId("t".repeat(65))
                .setOfferingId("shöw");
    }

    private static ViewEvent.Builder view() {
        return ViewEvent.newBuilder()
                .setId("i")
                .setSource("s")
                .setAccount("creator")
                .setOccurredAtMs(5)
                .setVideoId("v")
                .setUserId("u");
    }

    private static CustomEvent custom(Map<String, String> data) {
        return CustomEvent.newBuilder()
                .setId("i")
                .setSource("s")
                .setAccount("a")
                .setOccurredAtMs(5)
                .setType("quiz")
                .setData(data)
                .build();
    }
}
