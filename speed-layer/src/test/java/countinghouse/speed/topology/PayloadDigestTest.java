package countinghouse.speed.topology;

import static org.assertj.core.api.Assertions.assertThat;

import countinghouse.schemas.EventType;
import countinghouse.schemas.encoded.EncodedEventDecoder;
import countinghouse.schemas.event.CustomEvent;
import countinghouse.schemas.event.TicketEvent;
import countinghouse.schemas.registry.EventEncoder;
import countinghouse.testing.registry.FixedSchemas;
import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.avro.specific.SpecificRecordBase;
import org.junit.jupiter.api.Test;

class PayloadDigestTest {
    @Test
    void shouldChangeWithWhatTheProducerSays() {
        assertThat(List.of(
                        of(ticket()),
                        of(ticket().setState("served")),
                        of(ticket().setOccurredAtMs(6)),
                        of(ticket().setPrice(new BigDecimal("1.500000000"))),
                        of(ticket().setPrice(new BigDecimal("1.500000001"))),
                        of(ticket().setWaitSeconds(3)),
                        of(ticket().setDepartment("d")),
                        of(ticket().setUserId("d"))))
                .doesNotHaveDuplicates();
    }

    @Test
    void shouldNotChangeWithTheIdentityNorATimeThatTheDoorStamped() {
        int digest = of(ticket().setOccurredAtStamped(true));
        assertThat(of(ticket().setOccurredAtStamped(true).setOccurredAtMs(7))).isEqualTo(digest);
        assertThat(of(ticket().setOccurredAtStamped(true).setId("j").setSource("t")))
                .isEqualTo(digest);
    }

    @Test
    void shouldNotDependOnTheOrderOfAMap() {
        Map<String, String> forth = new LinkedHashMap<>();
        Map<String, String> back = new LinkedHashMap<>();
        for (int i = 0; i < 40; i++) {
            forth.put("k" + i, "v");
            back.put("k" + (39 - i), "v");
        }
        assertThat(digest(EventType.CUSTOM, custom(forth))).isEqualTo(digest(EventType.CUSTOM, custom(back)));
        back.put("k0", "w");
        assertThat(digest(EventType.CUSTOM, custom(forth))).isNotEqualTo(digest(EventType.CUSTOM, custom(back)));
    }

    @Test
    void shouldTakeATextOfAnyLength() {
        PayloadDigest digests = new PayloadDigest(EventType.TICKET);
        TicketEvent large = ticket().setTicketId("x".repeat(5000)).build();
        int digest = digest(digests, EventType.TICKET, large);
        assertThat(digest(digests, EventType.TICKET, ticket().build())).isEqualTo(of(ticket()));
        assertThat(digest(digests, EventType.TICKET, large)).isEqualTo(digest);
    }

    private static int of(TicketEvent.Builder ticket) {
        return digest(EventType.TICKET, ticket.build());
    }

    private static int digest(EventType type, SpecificRecordBase event) {
        return digest(new PayloadDigest(type), type, event);
    }

    private static int digest(PayloadDigest digests, EventType type, SpecificRecordBase event) {
        FixedSchemas schemas = new FixedSchemas();
        byte[] framed = new EventEncoder(schemas, type).encode(event);
        return digests.of(new EncodedEventDecoder(schemas, type).decode(framed));
    }

    private static TicketEvent.Builder ticket() {
        return TicketEvent.newBuilder()
                .setId("i")
                .setSource("s")
                .setAccount("a")
                .setOccurredAtMs(5)
                .setState("called")
                .setTicketId("t")
                .setOfferingId("o");
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
