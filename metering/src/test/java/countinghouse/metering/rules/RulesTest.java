package countinghouse.metering.rules;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import countinghouse.metering.event.CustomProperties;
import countinghouse.metering.event.Event;
import countinghouse.metering.event.Properties;
import countinghouse.metering.schedule.CountingSchedule;
import countinghouse.schemas.EventType;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class RulesTest {
    private static final long NOW = 1_800_000_000_000L;
    private static final String BROWSER = "Mozilla/5.0 (X11; Linux x86_64) Firefox/140.0";

    private final EventRules eventRules = new EventRules();
    private final ViewRules viewRules = CountingSchedule.standard().at(NOW).rules();

    @Test
    void shouldAcceptAnEventAtBothEdgesOfTimelinessAndRefuseOneMillisecondBeyond() {
        long ahead = NOW + Duration.ofMinutes(5).toMillis();
        long behind = NOW - Duration.ofDays(35).toMillis();
        assertThat(violated(view(ahead, Map.of()))).isEmpty();
        assertThat(violated(view(behind, Map.of()))).isEmpty();
        assertThat(violated(view(ahead + 1, Map.of()))).contains("time-ahead");
        assertThat(violated(view(behind - 1, Map.of()))).contains("time-behind");
    }

    @Test
    void shouldRefuseDurationsBeyondADay() {
        assertThat(violated(view(NOW, Map.of("view_duration", 86_400)))).isEmpty();
        assertThat(violated(view(NOW, Map.of("view_duration", 86_401)))).contains("duration");
        assertThat(violated(view(NOW, Map.of("video_length", -1)))).contains("duration");
    }

    @Test
    void shouldRefuseAVideoIdWithOtherCharacters() {
        assertThat(violated(view(NOW, Map.of("video_id", "a/b")))).contains("video-id");
    }

    @Test
    void shouldRefuseBlankLongAndControlCharactersInNames() {
        assertThat(violated(ticket("", Map.of()))).contains("required");
        assertThat(violated(ticket("x".repeat(257), Map.of()))).contains("length");
        assertThat(violated(ticket("a\u0000b", Map.of()))).contains("characters");
    }

    @Test
    void shouldRefuseDecimalsBeyondTheLimitsAndNameTheField() {
        Event event = ticket("organiser", Map.of("price", new BigDecimal("0.0000000001")));
        assertThat(eventRules.violation(event, NOW).orElseThrow())
                .extracting(Violation::rule, Violation::field)
                .containsExactly("decimal", "price");
    }

    @Test
    void shouldRefuseTextsThatNoStoreShouldHold() {
        Event event = new Event(
                EventType.CUSTOM, "x", "id", "s", "a", NOW, new CustomProperties("x", Map.of("k", "v".repeat(4097))));
        assertThat(violated(event)).contains("length");
    }

    @Test
    void shouldNameTheFirstRuleThatExcludesAView() {
        assertThat(reason(Map.of("prefetch", true, "user_agent", "Googlebot/2.1")))
                .contains("prefetch");
        assertThat(reason(Map.of("user_agent", "Mozilla/5.0 (compatible; Googlebot/2.1)", "view_duration", 1)))
                .contains("ua-list");
        assertThat(reason(Map.of("user_agent", "curl/8.5.0"))).contains("ua-nonbrowser");
        assertThat(reason(Map.of("client_network", "datacentre:0011"))).contains("ip-datacentre");
        assertThat(reason(Map.of("client_network", "datacentre@12:0011"))).contains("ip-datacentre");
        assertThat(reason(Map.of("client_network", "public@12:0011"))).isEmpty();
        assertThat(reason(Map.of("user_agent", BROWSER, "view_duration", 29))).contains("too-short");
    }

    @Test
    void shouldBillAShortVideoWatchedToItsEndAndAViewWithoutDuration() {
        assertThat(reason(Map.of("user_agent", BROWSER, "view_duration", 10, "video_length", 10)))
                .isEmpty();
        assertThat(reason(Map.of("user_agent", BROWSER, "view_duration", 9, "video_length", 10)))
                .contains("too-short");
        assertThat(reason(Map.of("user_agent", BROWSER))).isEmpty();
        assertThat(reason(Map.of("view_duration", 30))).isEmpty();
    }

    @Test
    void shouldExcludeWhatNeverStartedAndWhatTheOwnerViews() {
        assertThat(reason(Map.of("user_agent", BROWSER, "view_duration", 0))).contains("autoplay-not-started");
        assertThat(reason(Map.of("user_agent", BROWSER, "user_id", "account"))).contains("self-view");
    }

    @Test
    void shouldRefuseRulesThatItDoesNotUnderstandAndSayWhich() {
        refused("version: 1\nrules: [{id: weather}]", "no rule 'weather'");
        refused("version: 1\nrules: [{id: prefetch}, {id: prefetch}]", "listed twice");
        refused("version: 1\nrules: [{seconds: 3}]", "has no 'id'");
        refused("version: 1\nrules: [{id: too-short}]", "'seconds'");
        refused("version: 1\nrules: [{id: prefetch, seconds: 3}]", "unknown key 'seconds'");
        refused("rules: []", "integer 'version'");
        refused("version: [", "no YAML");
        String history = "version: 1\nhistory: {lookBack: %s, rules: [{id: r, per: %s, within: %s, atMost: %s}]}";
        refused(history.formatted("PT1H", "viewer", "PT2H", 1), "more than the look-back");
        refused(history.formatted("PT1H", "planet", "PT1H", 1), "unknown 'per'");
        refused(history.formatted("PT1H", "viewer", "PT1H", 0), "'atMost'");
        refused(history.formatted("soon", "viewer", "PT1H", 1), "'lookBack'");
        refused(history.formatted("PT0S", "viewer", "PT0S", 1), "above 0");
    }

    @Test
    void shouldRefuseListsThatWouldMatchNothingOrEverything() {
        assertThatThrownBy(() -> ViewRulesYaml.read("version: 1", "version: 1\nbots: [Bot]\nnon_browsers: []"))
                .hasMessageContaining("lower case");
        assertThatThrownBy(() -> ViewRulesYaml.read("version: 1", "version: 1\nbots: ['']\nnon_browsers: []"))
                .hasMessageContaining("not blank");
        assertThatThrownBy(() -> ViewRulesYaml.read("version: 1", "bots: []")).hasMessageContaining("'version'");
        assertThatThrownBy(() -> ViewRulesYaml.read("version: 1", "version: 1")).hasMessageContaining("'bots'");
    }

    private static void refused(String rules, String message) {
        assertThatThrownBy(() -> ViewRulesYaml.read(rules, "version: 1\nbots: []\nnon_browsers: []"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(message);
    }

    private Optional<String> violated(Event event) {
        return eventRules.violation(event, NOW).map(Violation::rule);
    }

    private Optional<String> reason(Map<String, Object> view) {
        return viewRules.exclusionReason(view(NOW, view));
    }

    private static Event view(long occurredAtMs, Map<String, Object> data) {
        Map<String, Object> all = new HashMap<>(Map.of("video_id", "v-1", "user_id", "u"));
        all.putAll(data);
        return new Event(EventType.VIEW, "video.view", "id", "source", "account", occurredAtMs, all::get);
    }

    private static Event ticket(String account, Map<String, Object> data) {
        Properties properties = data::get;
        return new Event(EventType.TICKET, "ticket.paid", "id", "source", account, NOW, properties);
    }
}
