package countinghouse.ingestion.collector;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import countinghouse.metering.rules.EventRules;
import countinghouse.schemas.EventType;
import countinghouse.schemas.event.AdEvent;
import countinghouse.schemas.event.CustomEvent;
import countinghouse.schemas.event.JobEvent;
import countinghouse.schemas.event.TicketEvent;
import countinghouse.schemas.event.ViewEvent;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class EventMapperTest {
    private static final long NOW = Instant.parse("2026-11-21T08:00:00Z").toEpochMilli();
    private static final String NETWORK = "loopback:0123456789abcdef0123456789abcdef";
    private static final String VIEW = """
            {"specversion":"1.0","id":"v1","source":"players","type":"video.view","subject":"creator-1",
             "time":"2026-11-21T07:00:00.250+01:00",
             "data":{"video_id":"clip-1","user_id":"u1","view_duration":61,"quality":"720p","ad_views":[
               {"ad_id":"a1","advertiser":"shoes","revenue":0.0125,"completed":true},{"ad_id":"a2","advertiser":"hats"}]}}""";

    private final EventMapper mapper = new EventMapper(new EventRules());

    @Test
    void shouldMapAView() {
        MappedEvent mapped = map(VIEW);

        ViewEvent view = (ViewEvent) mapped.event();
        assertThat(mapped.type()).isEqualTo(EventType.VIEW);
        assertThat(view.getId()).isEqualTo("v1");
        assertThat(view.getAccount()).isEqualTo("creator-1");
        assertThat(view.getOccurredAtMs())
                .isEqualTo(Instant.parse("2026-11-21T06:00:00.250Z").toEpochMilli());
        assertThat(view.getOccurredAtStamped()).isFalse();
        assertThat(view.getViewDuration()).isEqualTo(61);
        assertThat(view.getPrefetch()).isNull();
        assertThat(view.getClientNetwork()).isEqualTo(NETWORK);
    }

    @Test
    void shouldExplodeTheAdsOfAViewTheSameEachTime() {
        MappedEvent first = map(VIEW);
        MappedEvent again = map(VIEW);

        assertThat(first.ads()).isEqualTo(again.ads()).hasSize(2);
        AdEvent shoes = first.ads().get(0);
        assertThat(shoes.getAccount()).isEqualTo("shoes");
        assertThat(shoes.getPayee()).isEqualTo("creator-1");
        assertThat(shoes.getVideoId()).isEqualTo("clip-1");
        assertThat(shoes.getSource()).isEqualTo("players");
        assertThat(shoes.getRevenue()).isEqualByComparingTo("0.0125");
        assertThat(first.ads().get(1).getRevenue()).isNull();
        assertThat(shoes.getId())
                .isNotEqualTo(first.ads().get(1).getId())
                .isNotEqualTo(map(VIEW.replace("\"v1\"", "\"v2\"")).ads().get(0).getId())
                .isNotEqualTo(
                        map(VIEW.replace("creator-1", "creator-2")).ads().get(0).getId());
    }

    @Test
    void shouldStampAMissingTimeAndSaySo() {
        ViewEvent view =
                (ViewEvent) map(VIEW.replaceFirst("\"time\":[^,]*,", "")).event();

        assertThat(view.getOccurredAtMs()).isEqualTo(NOW);
        assertThat(view.getOccurredAtStamped()).isTrue();
    }

    @Test
    void shouldKeepAForwardedNetworkButNeverARawAddress() {
        String forwarded = "datacentre:ffffffffffffffffffffffffffffffff";

        assertThat(networkOf(forwarded)).isEqualTo(forwarded);
        assertThat(networkOf("83.149.9.216")).isEqualTo(NETWORK);
    }

    @Test
    void shouldMapTicketsAndJobsWithTheStateOfTheirType() {
        TicketEvent ticket = (TicketEvent)
                map(event("ticket.paid", "{\"ticket_id\":\"t\",\"offering_id\":\"show\",\"price\":\"19.90\"}"))
                        .event();
        JobEvent job =
                (JobEvent) map(event("job.succeeded", "{\"job_id\":\"j\",\"workflow_id\":\"w\",\"duration_ms\":1.5e3}"))
                        .event();

        assertThat(ticket.getState()).isEqualTo("paid");
        assertThat(ticket.getPrice()).isEqualByComparingTo(new BigDecimal("19.90"));
        assertThat(job.getState()).isEqualTo("succeeded");
        assertThat(job.getDurationMs()).isEqualTo(1500L);
    }

    @Test
    void shouldFlattenCustomData() {
        CustomEvent custom =
                (CustomEvent) map(event("quiz.answer.submitted", """
                                {"quiz_id":"q","player":{"id":"p","tags":["a",1]},"points":10.500,"right":true,"none":null}""")).event();

        assertThat(custom.getType()).isEqualTo("quiz.answer.submitted");
        assertThat(custom.getData())
                .containsOnly(
                        Map.entry("quiz_id", "q"),
                        Map.entry("player.id", "p"),
                        Map.entry("player.tags", "[\"a\",1]"),
                        Map.entry("points", "10.5"),
                        Map.entry("right", "true"));
    }

    @Test
    void shouldAcceptACustomEventWithoutData() {
        String json = event("ping", "null");

        assertThat(((CustomEvent) map(json).event()).getData()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"id", "source", "subject", "type", "specversion"})
    void shouldNeverInventARequiredAttribute(String attribute) {
        for (String value : new String[] {"null", "\" \""}) {
            InvalidEventException refused =
                    refusal(VIEW.replaceFirst("\"" + attribute + "\":\"[^\"]*\"", "\"" + attribute + "\":" + value));
            assertThat(refused.violation().rule()).isEqualTo("required");
            assertThat(refused.violation().field()).isEqualTo(attribute);
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "\"view_duration\":61 | \"view_duration\":86401 | duration | view_duration",
                "\"view_duration\":61 | \"view_duration\":-1 | duration | view_duration",
                "\"view_duration\":61 | \"view_duration\":1.5 | type | view_duration",
                "\"view_duration\":61 | \"view_duration\":1e2147483647 | type | view_duration",
                "\"view_duration\":61 | \"view_duration\":\"61\" | type | view_duration",
                "\"video_id\":\"clip-1\" | \"video_id\":\"../x\" | video-id | video_id",
                "\"video_id\":\"clip-1\" | \"video_id\":\"\" | required | video_id",
                "\"user_id\":\"u1\" | \"user_id\":7 | type | user_id",
                "\"user_id\":\"u1\" | \"user_id\":\"\\ud800\" | characters | user_id",
                "\"quality\":\"720p\" | \"prefetch\":\"yes\" | type | prefetch",
                "\"advertiser\":\"hats\" | \"advertiser\":\" \" | required | ad_views[1].advertiser",
                "\"ad_id\":\"a1\" | \"ad_idd\":\"a1\" | required | ad_views[0].ad_id",
                "0.0125 | 0.0000000001 | decimal | revenue",
                "0.0125 | 1e2147483647 | decimal | revenue",
                "0.0125 | \"much\" | type | ad_views[0].revenue",
                "2026-11-21T07:00:00.250+01:00 | yesterday | time | time",
                "2026-11-21T07:00:00.250+01:00 | +999999999-01-01T00:00:00Z | time | time",
                "2026-11-21T07:00:00.250+01:00 | 2026-11-21T08:06:00Z | time-ahead | time",
                "2026-11-21T07:00:00.250+01:00 | 2026-10-16T08:00:00Z | time-behind | time",
                "\"specversion\":\"1.0\" | \"specversion\":\"0.3\" | specversion | specversion",
                "\"specversion\":\"1.0\" | \"specversion\":\"1.0\",\"datacontenttype\":\"text/xml\" | datacontenttype | datacontenttype",
                "\"specversion\":\"1.0\" | \"specversion\":\"1.0\",\"data_base64\":\"AA==\" | data | data_base64"
            })
    void shouldRefuseWhatIsInvalidAndNameFieldAndRule(String valid, String invalid, String rule, String field) {
        InvalidEventException refused = refusal(VIEW.replace(valid, invalid));

        assertThat(refused.violation().rule()).isEqualTo(rule);
        assertThat(refused.violation().field()).isEqualTo(field);
        assertThat(refused.violation().message()).isNotBlank();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "ticket.lost | {} | state",
                "job.paused | {} | state",
                "ticket.paid | [] | required",
                "custom.x | {\"a.b\":1,\"a\":{\"b\":2}} | ambiguous",
                "custom.x | {\"a\":1e16} | decimal",
                "custom.x | {\"a\":\"\\u0000\"} | characters",
                "custom.x | 7 | required"
            })
    void shouldRefuseDataThatItCannotKeep(String type, String data, String rule) {
        assertThat(refusal(event(type, data)).violation().rule()).isEqualTo(rule);
    }

    @Test
    void shouldBoundWhatOneEventMayHold() {
        StringBuilder many = new StringBuilder("{\"p\":0");
        for (int i = 0; i < CustomData.MAX_PROPERTIES; i++) {
            many.append(",\"p").append(i).append("\":1");
        }
        assertThat(refusal(event("custom.x", many + "}")).violation().rule()).isEqualTo("properties");
        assertThat(refusal(event("custom.x", "{\"" + "n".repeat(257) + "\":1}"))
                        .violation()
                        .rule())
                .isEqualTo("length");
        assertThat(refusal(event("custom.x", "{\"a\":\"" + "x".repeat(140_000) + "\"}"))
                        .violation()
                        .rule())
                .isEqualTo("size");
        assertThat(refusal(VIEW.replaceFirst("\"ad_views\":\\[", "\"ad_views\":[" + "{},".repeat(50)))
                        .violation()
                        .rule())
                .isEqualTo("size");
        assertThat(refusal(VIEW.replaceFirst("(?s)\"ad_views\":.*", "\"ad_views\":7}}"))
                        .violation()
                        .rule())
                .isEqualTo("type");
    }

    private String networkOf(String given) {
        ViewEvent view =
                (ViewEvent) map(VIEW.replace("\"quality\"", "\"client_network\":\"" + given + "\",\"quality\""))
                        .event();
        return view.getClientNetwork();
    }

    private InvalidEventException refusal(String json) {
        InvalidEventException refused = catchThrowableOfType(InvalidEventException.class, () -> map(json));
        assertThat(refused).as(json).isNotNull();
        return refused;
    }

    private MappedEvent map(String json) {
        return mapper.map(EventJson.events(json.getBytes(UTF_8), 1).get(0), NOW, NETWORK);
    }

    private static String event(String type, String data) {
        return """
                {"specversion":"1.0","id":"e1","source":"s","type":"%s","subject":"acme","data":%s}""".formatted(type, data);
    }
}
