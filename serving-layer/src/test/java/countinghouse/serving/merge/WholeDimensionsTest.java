package countinghouse.serving.merge;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class WholeDimensionsTest {
    private static final Set<Set<String>> BY_VIDEO = Set.of(Set.of("video_id"));
    private static final Set<Set<String>> BY_BOTH = Set.of(Set.of("payee", "video_id"));

    @Test
    void shouldNameTheRowsOfAFilterThatLeavesNothingOpen() {
        assertThat(WholeDimensions.of(Map.of("video_id", Set.of("a")), BY_VIDEO))
                .containsExactly("{\"video_id\":\"a\"}");
        assertThat(WholeDimensions.of(Map.of("video_id", Set.of("a", "b"), "payee", Set.of("p")), BY_BOTH))
                .containsExactlyInAnyOrder(
                        "{\"payee\":\"p\",\"video_id\":\"a\"}", "{\"payee\":\"p\",\"video_id\":\"b\"}");
    }

    @Test
    void shouldNotGuessWhatAFilterLeavesOpen() {
        assertThat(WholeDimensions.of(Map.of(), BY_VIDEO)).isNull();
        assertThat(WholeDimensions.of(Map.of("video_id", Set.of("a")), BY_BOTH)).isNull();
        assertThat(WholeDimensions.of(
                        Map.of("video_id", Set.of("a")), Set.of(Set.of("video_id"), Set.of("device", "video_id"))))
                .isNull();
    }

    @Test
    void shouldPassOverVersionsWhoseRowsCannotMatch() {
        assertThat(WholeDimensions.of(Map.of("video_id", Set.of("a")), Set.of(Set.of("video_id"), Set.of("device"))))
                .hasSize(1);
    }
}
