package countinghouse.schemas.registry;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import countinghouse.schemas.EventType;
import countinghouse.schemas.event.TicketEvent;
import countinghouse.schemas.event.ViewEvent;
import java.math.BigDecimal;
import java.util.Arrays;
import org.apache.avro.AvroTypeException;
import org.apache.avro.Schema;
import org.junit.jupiter.api.Test;

class EventCodecTest {
    private final KeptSchemas registry = new KeptSchemas();

    @Test
    void shouldDecodeWhatItEncodes() {
        TicketEvent ticket = ticket(new BigDecimal("12.500000000"));
        byte[] framed = new EventEncoder(registry, EventType.TICKET).encode(ticket);
        assertThat(new EventDecoder(registry, EventType.TICKET).decode(framed)).isEqualTo(ticket);
    }

    @Test
    void shouldLeaveNothingOfAnEventThatCannotBeEncodedInTheNext() {
        EventEncoder encoder = new EventEncoder(registry, EventType.TICKET);
        TicketEvent ticket = ticket(new BigDecimal("12.500000000"));
        byte[] framed = encoder.encode(ticket);

        assertThatThrownBy(() -> encoder.encode(ticket(new BigDecimal("1E+60"))))
                .isInstanceOf(AvroTypeException.class);

        assertThat(encoder.encode(ticket)).isEqualTo(framed);
        assertThat(encoder.encode(ticket)).isEqualTo(framed);
    }

    @Test
    void shouldReadAnEventWrittenBeforeAnOptionalFieldWasAdded() {
        EventDecoder decoder = new EventDecoder(registry, EventType.VIEW);
        Schema older = OldWriter.withoutField(EventType.VIEW.schema(), "client_network");
        byte[] framed = OldWriter.encode(registry.register("old", older), older);
        ViewEvent view = (ViewEvent) decoder.decode(framed);
        assertThat(view.getVideoId()).isEqualTo("v");
        assertThat(view.getClientNetwork()).isNull();
    }

    @Test
    void shouldCallAValueUndecodableWhenItIsNotFramedNotKnownOrNotAvro() {
        EventDecoder decoder = new EventDecoder(registry, EventType.VIEW);
        int known = registry.register("events.view-value", EventType.VIEW.schema());
        assertUndecodable(decoder, null);
        assertUndecodable(decoder, new byte[] {0, 0});
        assertUndecodable(decoder, "{\"id\":1}".getBytes(UTF_8));
        assertUndecodable(decoder, new byte[] {0, 0, 0, 9, 9, 1});
        assertUndecodable(decoder, new byte[] {0, 0, 0, 0, (byte) known, (byte) 0xff, (byte) 0xff, 1});
    }

    @Test
    void shouldCallAValueWithTrailingBytesUndecodable() {
        Schema schema = EventType.VIEW.schema();
        byte[] framed = OldWriter.encode(registry.register("events.view-value", schema), schema);
        assertUndecodable(new EventDecoder(registry, EventType.VIEW), Arrays.copyOf(framed, framed.length + 1));
    }

    private static TicketEvent ticket(BigDecimal price) {
        return TicketEvent.newBuilder()
                .setId("i")
                .setSource("s")
                .setAccount("organiser")
                .setOccurredAtMs(5)
                .setState("paid")
                .setTicketId("t")
                .setOfferingId("show")
                .setPrice(price)
                .build();
    }

    private static void assertUndecodable(EventDecoder decoder, byte[] value) {
        assertThatThrownBy(() -> decoder.decode(value)).isInstanceOf(UndecodableException.class);
    }
}
