package countinghouse.metering.history;

import static org.assertj.core.api.Assertions.assertThat;

import countinghouse.metering.event.Event;
import countinghouse.schemas.EventType;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

class HistoryKeyTest {
    @Test
    void shouldTellViewersApartByUserWhateverTheirNetwork() {
        Event first = view(Map.of("user_id", "u-1", "client_network", "public:aa"));
        Event sameNetwork = view(Map.of("user_id", "u-2", "client_network", "public:aa"));
        Event sameUser = view(Map.of("user_id", "u-1", "client_network", "public:bb"));

        assertThat(HistoryKey.VIEWER.of(first))
                .isNotEqualTo(HistoryKey.VIEWER.of(sameNetwork))
                .isEqualTo(HistoryKey.VIEWER.of(sameUser));
        assertThat(HistoryKey.NETWORK_ITEM.of(first)).isEqualTo(HistoryKey.NETWORK_ITEM.of(sameNetwork));
    }

    @Test
    void shouldTellViewersWithoutUserApartByNetworkAndUserAgent() {
        Event anonymous = view(Map.of("user_id", " ", "client_network", "public:aa", "user_agent", "x"));
        Event otherAgent = view(Map.of("user_id", "", "client_network", "public:aa", "user_agent", "y"));

        assertThat(HistoryKey.VIEWER.of(anonymous)).isNotEqualTo(HistoryKey.VIEWER.of(otherAgent));
    }

    @Test
    void shouldTakeANetworkForTheSameWhicheverListHasJudgedIt() {
        Event before = view(Map.of("user_id", "", "client_network", "public@1:aa", "user_agent", "x"));
        Event after = view(Map.of("user_id", "", "client_network", "public@2:aa", "user_agent", "x"));
        Event asDatacentre = view(Map.of("user_id", "", "client_network", "datacentre@3:aa", "user_agent", "x"));

        assertThat(HistoryKey.VIEWER.of(before)).isNotNull().isEqualTo(HistoryKey.VIEWER.of(after));
        assertThat(HistoryKey.NETWORK_ITEM.of(before)).isNotNull().isEqualTo(HistoryKey.NETWORK_ITEM.of(after));
        assertThat(HistoryKey.VIEWER.of(asDatacentre)).isNull();
    }

    @Test
    void shouldNotCompareWhatSaysNothingAboutTheViewer() {
        Event loopback = view(Map.of("user_id", "", "client_network", "loopback:aa", "user_agent", "x"));

        assertThat(HistoryKey.VIEWER.of(loopback)).isNull();
        assertThat(HistoryKey.VIEWER_ITEM.of(loopback)).isNull();
        assertThat(HistoryKey.NETWORK_ITEM.of(loopback)).isNull();
        assertThat(HistoryKey.VIEWER.of(view(Map.of("user_id", "")))).isNull();
    }

    @Test
    void shouldKnowEveryKeyByItsName() {
        assertThat(HistoryKey.names())
                .allSatisfy(name -> assertThat(HistoryKey.named(name)).isPresent());
        assertThat(HistoryKey.named("moon")).isEmpty();
    }

    private static Event view(Map<String, Object> data) {
        Map<String, Object> all = new HashMap<>(Map.of("video_id", "v"));
        all.putAll(data);
        return new Event(EventType.VIEW, "video.view", "id", "source", "account", 0, all::get);
    }
}
