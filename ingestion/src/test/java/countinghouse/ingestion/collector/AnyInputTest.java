package countinghouse.ingestion.collector;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import countinghouse.metering.rules.EventRules;
import java.util.List;
import java.util.function.Supplier;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** Whatever comes in is either mapped or refused by name; nothing else ever happens. */
class AnyInputTest {
    private static final List<String> MEMBERS = List.of(
            "specversion",
            "id",
            "source",
            "subject",
            "type",
            "time",
            "data",
            "datacontenttype",
            "video_id",
            "user_id",
            "view_duration",
            "video_length",
            "ad_views",
            "ad_id",
            "advertiser",
            "revenue",
            "ticket_id",
            "job_id",
            "duration_ms",
            "a.b");

    private final EventMapper mapper = new EventMapper(new EventRules());

    @Property(tries = 500)
    void shouldReadOrRefuseAnyBytes(@ForAll byte[] body) {
        assertThat(isMappedOrRefused(() -> EventJson.events(body, 2_000))).isTrue();
    }

    @Property(tries = 2000)
    void shouldMapOrRefuseAnyJson(@ForAll("events") JsonNode event) {
        ReceivedEvent received = ReceivedEvent.of(event);
        assertThat(isMappedOrRefused(() -> mapper.map(received, 1_800_000_000_000L, "loopback:x")))
                .isTrue();
    }

    @Provide
    Arbitrary<JsonNode> events() {
        Arbitrary<JsonNode> data = Arbitraries.recursive(AnyInputTest::scalars, AnyInputTest::nested, 0, 3);
        return Arbitraries.oneOf(data, plausible(data));
    }

    private static boolean isMappedOrRefused(Supplier<?> action) {
        try {
            return action.get() != null;
        } catch (InvalidEventException refused) {
            return refused.violation().rule() != null;
        }
    }

    private static Arbitrary<JsonNode> scalars() {
        return Arbitraries.oneOf(
                Arbitraries.strings().ofMaxLength(20).map(JsonNodeFactory.instance::textNode),
                Arbitraries.of("1.0", "video.view", "ticket.paid", "job.failed", "2026-01-01T00:00:00Z", "1e2147483647")
                        .map(JsonNodeFactory.instance::textNode),
                Arbitraries.integers().map(JsonNodeFactory.instance::numberNode),
                Arbitraries.bigDecimals().map(JsonNodeFactory.instance::numberNode),
                Arbitraries.of(true, false).map(JsonNodeFactory.instance::booleanNode),
                Arbitraries.just(JsonNodeFactory.instance.nullNode()));
    }

    private static Arbitrary<JsonNode> nested(Arbitrary<JsonNode> element) {
        Arbitrary<JsonNode> objects = Arbitraries.maps(Arbitraries.of(MEMBERS), element)
                .ofMaxSize(6)
                .map(members -> JsonNodeFactory.instance.objectNode().setAll(members));
        Arbitrary<JsonNode> arrays = element.list()
                .ofMaxSize(3)
                .map(elements -> JsonNodeFactory.instance.arrayNode().addAll(elements));
        return Arbitraries.oneOf(objects, arrays);
    }

    /** A valid envelope around anything, so that the rules behind it are reached. */
    private static Arbitrary<JsonNode> plausible(Arbitrary<JsonNode> anything) {
        return nested(anything).map(data -> {
            ObjectNode event = JsonNodeFactory.instance.objectNode();
            event.put("specversion", "1.0").put("id", "i").put("source", "s").put("subject", "a");
            event.put(
                    "type",
                    List.of("video.view", "ticket.paid", "job.failed", "other").get(data.size() % 4));
            event.set("data", data);
            return event;
        });
    }
}
