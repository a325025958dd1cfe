package countinghouse.serving.merge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import countinghouse.metering.meter.Meter;
import countinghouse.metering.meter.MeterCatalog;
import countinghouse.metering.row.RowKey;
import countinghouse.metering.schedule.CountingSchedule;
import countinghouse.schemas.RedisKeys;
import countinghouse.serving.layers.Layers;
import countinghouse.serving.speedview.SpeedUnavailableException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What an answer says of itself: whether something is missing, how sure it is, and since when its meter counts. */
class AnswerFreshnessTest extends MergedViews {
    AnswerFreshnessTest(Layers layers) {
        super(layers);
    }

    @Test
    void shouldSayPartialWhenTheSpeedLayerDroppedRowsThatNoGenerationCovers() {
        layers.speed(row("a", "v1", 0, 100), 1, "1");
        layers.publish(1, NOON.plusSeconds(10), List.of(row("a", "v1", 0, 0)), "1");
        layers.redis()
                .set(RedisKeys.SPEED_FLOOR, Long.toString(NOON.plusSeconds(60).toEpochMilli()));

        CountAnswer answer = counts.read(CountQuery.total(VIEWS).atLeast(1));

        assertThat(answer.freshness().partial()).isTrue();
        assertThat(answer.freshness().quality()).isEqualTo(Quality.ESTIMATE);
        assertThat(answer.freshness().missing()).contains("2026-10-05T12:01:00Z", "generation 1");
    }

    @Test
    void shouldReadTheNewestGenerationBeforeCallingAnAnswerPartial() {
        layers.publish(1, NOON.plusSeconds(10), List.of(row("a", "v1", 0, 0)), "1");
        counts.read(CountQuery.total(VIEWS).atLeast(1));
        layers.publish(2, NOON.plusSeconds(60), List.of(row("a", "v1", 0, 0), row("a", "v1", 0, 20)), "1");
        layers.redis()
                .set(RedisKeys.SPEED_FLOOR, Long.toString(NOON.plusSeconds(60).toEpochMilli()));

        CountAnswer answer = counts.read(CountQuery.total(VIEWS));

        assertThat(answer.freshness().partial()).isFalse();
        assertThat(value(answer)).isEqualByComparingTo("2");
    }

    @Test
    void shouldSayPartialWhileTheSpeedLayerIsRebuilt() {
        layers.redis().set(RedisKeys.STATE, "rebuilding|40");

        assertThat(counts.read(CountQuery.total(VIEWS)).freshness().missing()).contains("rebuilding|40");
    }

    @Test
    void shouldSayPartialWhenTheStoreOfTheSpeedLayerWasLost() {
        layers.redis().flushall();

        assertThat(counts.read(CountQuery.total(VIEWS)).freshness().partial()).isTrue();
    }

    @Test
    void shouldAnswerWithTheBatchAloneWhileRedisIsDownAndRecoverAfterwards() {
        layers.speed(row("a", "v1", 0, 100), 1, "1");
        layers.publish(1, NOON.plusSeconds(10), List.of(row("a", "v1", 0, 0)), "1");
        counts.read(CountQuery.total(VIEWS).atLeast(1));
        layers.stopRedis();
        try {
            CountAnswer answer = counts.read(CountQuery.total(VIEWS));
            assertThat(answer.freshness().partial()).isTrue();
            assertThat(answer.freshness().missing()).contains("2026-10-05T12:00:10Z");
            assertThat(value(answer)).isEqualByComparingTo("1");
        } finally {
            layers.startRedis();
        }
        layers.redis().set(RedisKeys.EPOCH, "1");
        layers.speed(row("a", "v1", 0, 100), 7, "7");

        await().atMost(Duration.ofSeconds(5))
                .untilAsserted(() ->
                        assertThat(value(counts.read(CountQuery.total(VIEWS)))).isEqualByComparingTo("8"));
    }

    @Test
    void shouldRefuseToAnswerWhenRedisIsDownAndNothingIsPublished() {
        counts.read(CountQuery.total(VIEWS));
        layers.stopRedis();
        try {
            assertThatThrownBy(() -> counts.read(CountQuery.total(VIEWS)))
                    .isInstanceOf(SpeedUnavailableException.class);
        } finally {
            layers.startRedis();
        }
    }

    @Test
    void shouldCallLiveViewsThatHistoryRulesMayStillExcludeAnEstimate() {
        Meter billable = MeterCatalog.standard().meter("billable_views").orElseThrow();
        RowKey view = row("a", "v1", 0, 0);
        RowKey live =
                new RowKey(billable.slug(), "a", view.dimensions(), view.cellMs(), view.bucketMs(), view.partition());
        layers.speed(live, 1, "1");
        layers.publish(1, NOON, List.of(), "0");
        assertThat(counts.read(CountQuery.total(billable).atLeast(1))
                        .freshness()
                        .quality())
                .isEqualTo(Quality.ESTIMATE);

        layers.publish(2, NOON.plusSeconds(5), List.of(live), "1");
        CountAnswer closed = counts.read(CountQuery.total(billable).atLeast(2));
        assertThat(closed.freshness().quality()).isEqualTo(Quality.EXACT);
        assertThat(value(closed)).isEqualByComparingTo("1");
    }

    @Test
    void shouldSayFromWhenANewMeterCountsUntilItsPastIsPublished() {
        CountingSchedule schedule = CountingSchedule.of(Map.of(
                "counting.yaml", """
                        versions:
                          - {version: 1, effectiveFrom: beginning, meters: meters.yaml, rules: rules/view-rules-v1.yaml, userAgents: lists/user-agents-v1.yaml}
                          - {version: 2, effectiveFrom: '2026-10-05T12:00:00Z', meters: plays.yaml}
                        """,
                "plays.yaml", """
                        version: 2
                        meters: [{slug: plays, eventType: video.view, aggregation: COUNT}]
                        """));
        Meter plays = schedule.meters().meter("plays").orElseThrow();
        try (MergedCounts changed = new MergedCounts(layers.settings(), schedule)) {
            layers.publish(1, NOON, List.of(), "0");
            assertThat(changed.read(CountQuery.total(plays).atLeast(1))
                            .freshness()
                            .countedFromMs())
                    .isEqualTo(NOON.toEpochMilli());
            assertThat(changed.read(CountQuery.total(VIEWS).atLeast(1))
                            .freshness()
                            .countedFromMs())
                    .isNull();

            layers.publish(2, NOON, List.of(), "0");
            layers.jdbi()
                    .useHandle(
                            handle -> handle.execute(
                                    "UPDATE published.generation SET manifest = '{\"versions\": {\"backfilled\": [\"plays\"]}}' WHERE number = 2"));
        }
        try (MergedCounts later = new MergedCounts(layers.settings(), schedule)) {
            assertThat(later.read(CountQuery.total(plays).atLeast(2))
                            .freshness()
                            .countedFromMs())
                    .isNull();
        }
    }
}
