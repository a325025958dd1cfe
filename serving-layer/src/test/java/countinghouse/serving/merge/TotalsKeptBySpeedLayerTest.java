package countinghouse.serving.merge;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import countinghouse.kit.access.AccessRole;
import countinghouse.metering.meter.Aggregation;
import countinghouse.metering.meter.Meter;
import countinghouse.metering.meter.MeterCatalog;
import countinghouse.metering.row.RowKey;
import countinghouse.metering.schedule.CountingSchedule;
import countinghouse.schemas.RedisKeys;
import countinghouse.serving.layers.Layers;
import countinghouse.serving.layers.LayersExtension;
import countinghouse.serving.layers.RunningApi;
import countinghouse.serving.window.WindowSize;
import countinghouse.serving.window.Windows;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Totals over everything come from the projector's sums, everything else from its rows. The sums here differ from the rows to tell. */
@ExtendWith(LayersExtension.class)
class TotalsKeptBySpeedLayerTest {
    private static final Meter VIEWS = MeterCatalog.standard().meter("views").orElseThrow();
    private static final Instant MONDAY = Instant.parse("2026-10-05T00:00:00Z");
    private static final Instant TUESDAY = Instant.parse("2026-10-06T00:00:00Z");

    private final Layers layers;

    TotalsKeptBySpeedLayerTest(Layers layers) {
        this.layers = layers;
    }

    @Test
    void shouldAnswerTotalsFromTheSumsOfOpenBuckets() {
        keepTotals();
        layers.publish(1, TUESDAY, List.of(row(MONDAY)), "5");

        try (MergedCounts counts = new MergedCounts(layers.settings(), CountingSchedule.standard())) {
            CountAnswer answer = counts.read(CountQuery.total(VIEWS).groupedBy(List.of(CountQuery.SUBJECT)));
            assertThat(answer.total().speed(Aggregation.COUNT)).isEqualByComparingTo("200");
            assertThat(answer.total().batch(Aggregation.COUNT)).isEqualByComparingTo("5");
            assertThat(answer.groups()).singleElement().satisfies(group -> {
                assertThat(group.account()).isEqualTo("acme");
                assertThat(group.endMs()).isEqualTo(TUESDAY.toEpochMilli() + 1_800_000);
            });
        }
    }

    @Test
    void shouldAnswerWhatNeedsMoreThanSumsFromTheRows() {
        keepTotals();

        try (MergedCounts counts = new MergedCounts(layers.settings(), CountingSchedule.standard())) {
            CountQuery byVideo = CountQuery.total(VIEWS).groupedBy(List.of("video_id"));
            CountQuery byDay = CountQuery.total(VIEWS).windowed(new Windows(WindowSize.DAY, ZoneOffset.UTC));
            assertThat(counts.read(byVideo).total().n()).isEqualTo(2);
            assertThat(counts.read(byDay).total().n()).isEqualTo(2);
            assertThat(counts.read(CountQuery.total(VIEWS)).total().n()).isEqualTo(300);
        }
    }

    @Test
    void shouldReadTheRowsOfASpeedLayerThatKeepsNoSums() {
        keepTotals();
        layers.redis().del(RedisKeys.LAYOUT);

        try (MergedCounts counts = new MergedCounts(layers.settings(), CountingSchedule.standard())) {
            assertThat(counts.read(CountQuery.total(VIEWS)).total().n()).isEqualTo(2);
        }
    }

    @Test
    void shouldTellWhatIsCountedMostOfAnAccountAndToNobodyElse() {
        String first = "{\"video_id\":\"v1\"}";
        String second = "{\"video_id\":\"v2\"}";
        layers.redis().zadd(RedisKeys.top("acme", "views", Layers.EPOCH), 7, first);
        layers.redis().zadd(RedisKeys.top("acme", "views", Layers.EPOCH), 9, second);
        layers.redis()
                .hset(RedisKeys.dimensionTotals("acme", "views", Layers.EPOCH), Map.of(first, "7|7", second, "9|9"));

        try (RunningApi api = new RunningApi(layers.settings())) {
            JsonNode top = api.json("/api/v1/live/top?meter=views&subject=acme&limit=1");
            assertThat(top.get("liveOnly").asBoolean()).isTrue();
            assertThat(top.get("data").toString())
                    .isEqualTo("[{\"groupBy\":{\"video_id\":\"v2\"},\"value\":9,\"events\":9}]");
            assertThat(api.json("/api/v1/live/top?meter=views&subject=nobody").get("data"))
                    .isEmpty();
            assertThat(api.get("/api/v1/live/top?meter=views").statusCode()).isEqualTo(400);
            assertThat(api.get("/api/v1/live/top?meter=views&subject=acme&limit=0")
                            .statusCode())
                    .isEqualTo(400);
            assertThat(api.get("/api/v1/live/top?meter=unique_viewers&subject=acme")
                            .body())
                    .contains("invalid-query", "groupBy");
            assertThat(api.getAs(api.token(AccessRole.CREATOR, "other"), "/api/v1/live/top?meter=views&subject=acme")
                            .statusCode())
                    .isEqualTo(404);
        }
    }

    private void keepTotals() {
        layers.redis().set(RedisKeys.LAYOUT, RedisKeys.LAYOUT_TOTALS);
        layers.speed(row(MONDAY), 1, "1");
        layers.speed(row(TUESDAY), 1, "1");
        layers.redis()
                .hset(
                        RedisKeys.totals("acme", "views", Layers.EPOCH),
                        Map.of(total(MONDAY), "100|100" + cells(MONDAY), total(TUESDAY), "200|200" + cells(TUESDAY)));
    }

    private static String total(Instant bucket) {
        return Long.toString(bucket.toEpochMilli());
    }

    private static String cells(Instant first) {
        return "|%d|%d".formatted(first.toEpochMilli(), first.toEpochMilli() + 900_000);
    }

    private static RowKey row(Instant bucket) {
        return new RowKey(
                "views", "acme", "{\"video_id\":\"v\"}", bucket.toEpochMilli(), bucket.toEpochMilli(), "events.view-0");
    }
}
