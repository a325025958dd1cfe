package countinghouse.metering.schedule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import countinghouse.metering.event.Event;
import countinghouse.metering.history.HistoryJudge;
import countinghouse.metering.history.HistoryKey;
import countinghouse.metering.history.HistoryView;
import countinghouse.metering.identity.Identity;
import countinghouse.metering.network.NetworkList;
import countinghouse.schemas.EventType;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class CountingScheduleTest {
    private static final long NOON = Instant.parse("2030-06-01T12:00:00Z").toEpochMilli();
    private static final long HOUR = Duration.ofHours(1).toMillis();
    private static final String FIRST = """
            versions:
              - {version: 1, effectiveFrom: beginning, meters: meters.yaml, rules: rules/view-rules-v1.yaml, userAgents: lists/user-agents-v1.yaml}
            """;
    private static final String NOON_SWITCH = FIRST
            + "  - {version: 2, effectiveFrom: '2030-06-01T12:00:00Z', meters: new-meters.yaml, rules: new-rules.yaml}\n";
    private static final String NEW_METERS = """
            version: 2
            meters:
              - {slug: views, eventType: video.view, aggregation: COUNT, dimensions: [device_type]}
              - {slug: tv_views, eventType: video.view, aggregation: COUNT, where: {property: device_type, equals: tv}}
            """;
    private static final String NEW_RULES = """
            version: 2
            rules:
              - {id: too-short, seconds: 10}
            """;

    @Test
    void shouldChooseTheVersionByTheBucket() {
        CountingSchedule schedule = schedule(NOON_SWITCH);

        assertThat(contributions(schedule, NOON - HOUR, 20)).containsEntry("views", "{\"video_id\":\"v\"}");
        assertThat(contributions(schedule, NOON - HOUR, 20)).containsKey("excluded_views");
        assertThat(contributions(schedule, NOON, 20))
                .isEqualTo(Map.of("views", "{\"device_type\":\"tv\"}", "tv_views", "{}"));
        assertThat(schedule.at(NOON).rules().exclusionReason(view(20))).isEmpty();
        assertThat(schedule.at(NOON - HOUR).rules().exclusionReason(view(20))).contains("too-short");
    }

    @Test
    void shouldKnowEveryMeterThatAnyVersionHasAndSinceWhenItCounts() {
        CountingSchedule schedule = schedule(NOON_SWITCH);

        assertThat(schedule.meters().meter("billable_views")).isPresent();
        assertThat(schedule.meters().meter("views").orElseThrow().dimensions()).containsExactly("device_type");
        assertThat(schedule.countedFromMs("views")).isEmpty();
        assertThat(schedule.countedFromMs("tv_views")).hasValue(NOON);
        assertThatThrownBy(() -> schedule.countedFromMs("radio_views")).hasMessageContaining("radio_views");
    }

    @Test
    void shouldGiveABackfilledMeterItsPastAndChangeNoOther() {
        CountingSchedule schedule = schedule(NOON_SWITCH).backfilled(List.of("tv_views", "views"));

        assertThat(contributions(schedule, NOON - HOUR, 20))
                .containsEntry("tv_views", "{}")
                .containsEntry("views", "{\"video_id\":\"v\"}");
        assertThat(contributions(schedule, NOON, 20)).hasSize(2);
    }

    @Test
    void shouldCountByThePinsWhateverWasAddedSince() {
        List<VersionPin> pins = schedule(FIRST).pins();

        CountingSchedule pinned = schedule(NOON_SWITCH).pinnedTo(pins);

        assertThat(pinned.pins()).isEqualTo(pins);
        assertThat(contributions(pinned, NOON, 20)).containsEntry("views", "{\"video_id\":\"v\"}");
    }

    @Test
    void shouldRefusePinsWhoseDocumentsHaveChanged() {
        List<VersionPin> pins = schedule(NOON_SWITCH).pins();
        Map<String, String> changed = documents(NOON_SWITCH);
        changed.put("new-rules.yaml", NEW_RULES.replace("10", "11"));

        assertThatThrownBy(() -> CountingSchedule.of(changed).pinnedTo(pins))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("Version 2")
                .hasMessageContaining("2030-06-01T12:00:00Z");
        assertThatThrownBy(() -> schedule(FIRST).pinnedTo(pins)).hasMessageContaining("none");
    }

    @Test
    void shouldTellByWhatAMeterWasEverSplit() {
        CountingSchedule schedule = CountingSchedule.of(documents(NOON_SWITCH));

        assertThat(schedule.dimensionsOf("views")).containsExactlyInAnyOrder(Set.of("video_id"), Set.of("device_type"));
        assertThat(schedule.dimensionsOf("tv_views")).containsExactly(Set.of());
        assertThat(schedule.dimensionsOf("nothing")).isEmpty();
    }

    @Test
    void shouldPinTheListOfNetworksLikeEveryOtherDocument() {
        String switched = FIRST + "  - {version: 2, effectiveFrom: '2030-06-01T12:00:00Z', networks: networks.yaml}\n";
        Map<String, String> documents = documents(switched);
        documents.put("networks.yaml", "version: 5\ndatacentres: [192.0.2.0/24]");
        CountingSchedule schedule = CountingSchedule.of(documents);
        byte[] address = {(byte) 192, 0, 2, 1};

        assertThat(schedule.at(NOON - HOUR).networks()).isSameAs(NetworkList.NONE);
        assertThat(schedule.at(NOON).networks().version()).isEqualTo(5);
        assertThat(schedule.at(NOON).networks().isDatacentre(address)).isTrue();
        assertThat(CountingSchedule.standard().at(NOON).networks().version()).isEqualTo(1);
        Map<String, String> edited = documents(switched);
        edited.put("networks.yaml", "version: 5\ndatacentres: [192.0.3.0/24]");
        assertThatThrownBy(() -> CountingSchedule.of(edited).pinnedTo(schedule.pins()))
                .hasMessageContaining("Version 2");
        edited.put("networks.yaml", "version: 5\ndatacentres: [192.0.3.0]");
        assertThatThrownBy(() -> CountingSchedule.of(edited)).hasMessageContaining("192.0.3.0");
    }

    @Test
    void shouldGiveTheOldResultWithTheOldList() {
        String switched =
                FIRST + "  - {version: 2, effectiveFrom: '2030-06-01T12:00:00Z', userAgents: lists/more-agents.yaml}\n";
        Map<String, String> documents = documents(switched);
        documents.put("lists/more-agents.yaml", "version: 2\nbots: [newbot]\nnon_browsers: []\n");
        CountingSchedule schedule = CountingSchedule.of(documents);
        Event listedLater = view(60, "Mozilla/5.0 (newb0t; NewBot/1.0)".replace("NewBot", "Newbot"));

        assertThat(schedule.at(NOON).rules().exclusionReason(listedLater)).contains("ua-list");
        assertThat(schedule.at(NOON).rules().listVersion()).isEqualTo(2);
        assertThat(schedule.at(NOON - HOUR).rules().listVersion()).isEqualTo(1);
        assertThat(schedule.pinnedTo(schedule(FIRST).pins()).at(NOON).rules().listVersion())
                .isEqualTo(1);
        assertThat(schedule.at(NOON - HOUR).rules().exclusionReason(view(60, "GoogleBot")))
                .contains("ua-list");
        assertThat(schedule.at(NOON).rules().exclusionReason(view(60, "GoogleBot")))
                .isEmpty();
    }

    @Test
    void shouldDemandThatVersionsStartWithABucket() {
        assertThat(schedule(NOON_SWITCH).requireAligned(Duration.ofHours(1))).isNotNull();
        assertThatThrownBy(() ->
                        schedule(NOON_SWITCH.replace("12:00:00", "12:00:01")).requireAligned(Duration.ofHours(1)))
                .hasMessageContaining("Version 2")
                .hasMessageContaining("PT1H");
    }

    @ParameterizedTest
    @MethodSource("faultySchedules")
    void shouldRefuseWhatItDoesNotUnderstandAndSayWhere(String schedule, String message) {
        assertThatThrownBy(() -> schedule(schedule))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("counting.yaml")
                .hasMessageContaining(message);
    }

    static Stream<Arguments> faultySchedules() {
        return Stream.of(
                Arguments.of("versions: []", "has no 'versions'"),
                Arguments.of("versions: [", "is no YAML"),
                Arguments.of(FIRST.replace("beginning", "2030-01-01T00:00:00Z"), "the first version"),
                Arguments.of(FIRST.replace("version: 1", "version: 2"), "number them from 1"),
                Arguments.of(FIRST.replace("meters.yaml", "no-meters.yaml"), "no such document"),
                Arguments.of(FIRST.replace("meters: meters.yaml, ", ""), "no 'meters'"),
                Arguments.of(FIRST.replace("userAgents", "agents"), "unknown key 'agents'"),
                Arguments.of(NOON_SWITCH.replace("2030-06-01T12:00:00Z", "noon"), "no instant"),
                Arguments.of(NOON_SWITCH.replace("2030-06-01T12:00:00Z", "beginning"), "no other"),
                Arguments.of(
                        NOON_SWITCH + "  - {version: 3, effectiveFrom: '2030-06-01T12:00:00Z', meters: meters.yaml}\n",
                        "not after version 2"),
                Arguments.of(NOON_SWITCH.replace("new-meters.yaml", "summed.yaml"), "give the new meter another slug"),
                Arguments.of(NOON_SWITCH.replace("new-meters.yaml", "broken.yaml"), "faulty version 2"),
                Arguments.of(NOON_SWITCH.replace("new-rules.yaml", "longer.yaml"), "look-back"));
    }

    @Test
    void shouldGiveHistoryRulesOnlyWhatCouldBePaid() {
        CountingSchedule schedule = CountingSchedule.standard();
        List<HistoryView> paid = new ArrayList<>();
        List<HistoryView> tooShort = new ArrayList<>();

        schedule.historyViews(view(60), NOON, NOON, 3, 42, new Identity(1, 2), paid::add);
        schedule.historyViews(view(1), NOON, NOON, 3, 43, new Identity(1, 3), tooShort::add);

        assertThat(paid).extracting(HistoryView::key).containsExactly(HistoryKey.VIEWER, HistoryKey.VIEWER_ITEM);
        assertThat(paid).allSatisfy(view -> {
            assertThat(HistoryView.ofBytes(view.toBytes())).isEqualTo(view).hasNoNullFieldsOrProperties();
            assertThat(view.offset()).isEqualTo(42);
            assertThat(view.occurredAtMs()).isEqualTo(NOON);
        });
        assertThat(tooShort).isEmpty();
    }

    @Test
    void shouldNameTheHistoryRuleBehindAVerdict() {
        CountingSchedule schedule = CountingSchedule.standard();

        assertThat(schedule.hasHistoryRules()).isTrue();
        assertThat(schedule.historyLookBackMs()).isEqualTo(Duration.ofHours(24).toMillis());
        assertThat(schedule.historyReason(NOON, 0)).isEqualTo("repeat");
        assertThat(schedule.historyReason(NOON, HistoryJudge.NONE)).isNull();
        assertThat(schedule.usesHistory("billable_views")).isTrue();
        assertThat(schedule.usesHistory("views")).isFalse();
        assertThat(schedule.usesHistory("no_such_meter")).isFalse();
    }

    private static CountingSchedule schedule(String text) {
        return CountingSchedule.of(documents(text));
    }

    private static Map<String, String> documents(String schedule) {
        return new HashMap<>(
                Map.of(
                        "counting.yaml",
                        schedule,
                        "new-meters.yaml",
                        NEW_METERS,
                        "new-rules.yaml",
                        NEW_RULES,
                        "summed.yaml",
                        "version: 2\nmeters: [{slug: views, eventType: video.view, aggregation: SUM, valueProperty: x}]",
                        "broken.yaml",
                        "version: 2\nmeters: [",
                        "longer.yaml",
                        "version: 2\nrules: []\nhistory: {lookBack: PT48H, rules: [{id: r, per: viewer, within: PT1H, atMost: 1}]}"));
    }

    private static Map<String, String> contributions(CountingSchedule schedule, long bucketMs, int seconds) {
        Map<String, String> dimensionsByMeter = new TreeMap<>();
        schedule.evaluatorAt(bucketMs)
                .contributions(
                        view(seconds),
                        (meter, account, dimensions, cellMs, value) -> dimensionsByMeter.put(meter.slug(), dimensions));
        return dimensionsByMeter;
    }

    private static Event view(int seconds) {
        return view(seconds, "Mozilla/5.0 Firefox/140.0");
    }

    private static Event view(int seconds, String userAgent) {
        Map<String, Object> data = Map.of(
                "video_id",
                "v",
                "user_id",
                "u",
                "view_duration",
                seconds,
                "device_type",
                "tv",
                "user_agent",
                userAgent);
        return new Event(EventType.VIEW, "video.view", "id", "source", "account", NOON, data::get);
    }
}
