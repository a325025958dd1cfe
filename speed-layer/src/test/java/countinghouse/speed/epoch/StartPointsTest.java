package countinghouse.speed.epoch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import countinghouse.metering.identity.DuplicateHorizon;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;

class StartPointsTest {
    private static final TopicPartition SOURCE = new TopicPartition("events.view", 3);
    private static final long WIDTH_MS = 1000;
    private static final DuplicateHorizon HORIZON = DuplicateHorizon.of(Duration.ofSeconds(5), Duration.ofSeconds(1));

    /** Newest first, as the generations are. */
    private final List<ArchivedEnd> ends = List.of(end(300, 30_500), end(200, 20_500), end(100, 10_500));

    @Test
    void shouldBeginAtTheBeginningAsLongAsTheLogHasIt() {
        assertThat(points(OptionalLong.empty()).of(SOURCE, 0)).isEmpty();
    }

    @Test
    void shouldBeginAtTheNewestEndThatGivesEveryRowThatReadersNeed() {
        // The bucket of the maximum, 20 s, was read in part; from 21 s on the ids are complete, and from 26 s on the
        // verdicts.
        assertThat(points(OptionalLong.of(26_000)).of(SOURCE, 0)).contains(new StartPoint(200, 20_500, 26_000));
        assertThat(points(OptionalLong.of(25_999)).of(SOURCE, 0)).contains(new StartPoint(100, 10_500, 25_999));
    }

    @Test
    void shouldRaiseTheFloorWhenTheLogHasLostWhatReadersNeed() {
        assertThat(points(OptionalLong.of(1_000)).of(SOURCE, 150)).contains(new StartPoint(200, 20_500, 26_000));
        assertThat(points(OptionalLong.empty()).of(SOURCE, 150)).contains(new StartPoint(200, 20_500, 26_000));
    }

    @Test
    void shouldRefuseToGuessARunningMaximumThatNobodyKnows() {
        assertThatThrownBy(() -> points(OptionalLong.empty()).of(SOURCE, 301))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("events.view-3 begins at offset 301")
                .hasMessageContaining("run the batch layer");
    }

    @Test
    void shouldReadEndsAndMaximaFromAManifest() {
        ArchivedEnd end = PublishedManifests.parse("""
                {"generation": 7, "endOffsets": {"events.view": {"3": 12}}, "runningMaxima": {"events.view": {"3": 1234}}}""");

        assertThat(end).isEqualTo(end(12, 1234));
    }

    private StartPoints points(OptionalLong oldestNeededMs) {
        return new StartPoints(ends, oldestNeededMs, WIDTH_MS, HORIZON);
    }

    private static ArchivedEnd end(long nextOffset, long runningMaximumMs) {
        return new ArchivedEnd(Map.of(SOURCE, nextOffset), Map.of(SOURCE, runningMaximumMs));
    }
}
