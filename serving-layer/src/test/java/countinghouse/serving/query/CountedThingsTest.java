package countinghouse.serving.query;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import org.junit.jupiter.api.Test;

/** What is counted and by which runs: meters, their subjects and dimensions, videos, generations. */
class CountedThingsTest extends CountedDays {
    @Test
    void shouldDescribeMetersAsOpenMeterDoes() {
        JsonNode meters = api.json("/api/v1/meters");
        JsonNode seconds = api.json("/api/v1/meters/watch_seconds");

        assertThat(meters).anySatisfy(meter -> assertThat(meter).isEqualTo(seconds));
        assertThat(seconds.get("valueProperty").asText()).isEqualTo("$.view_duration");
        assertThat(seconds.get("groupBy").get("video_id").asText()).isEqualTo("$.video_id");
    }

    @Test
    void shouldListSubjectsAndDimensionValues() {
        assertThat(api.json("/api/v1/meters/watch_seconds/subjects").toString())
                .isEqualTo("[\"ann\",\"bob, the \\\"2nd\\\"\"]");
        assertThat(api.json("/api/v1/meters/watch_seconds/group-by/video_id/values")
                        .toString())
                .isEqualTo("[\"v1\",\"v2\"]");
    }

    @Test
    void shouldTellTheViewsOfAVideoByLayer() {
        JsonNode views = api.json("/api/v1/videos/v1/views");

        assertThat(views.get("video_id").asText()).isEqualTo("v1");
        assertThat(views.get("total_views").asInt()).isEqualTo(2);
        assertThat(views.get("revenue_views").asInt()).isEqualTo(1);
        assertThat(views.get("batch_views").asInt()).isZero();
        assertThat(views.get("realtime_views").asInt()).isEqualTo(2);
    }

    @Test
    void shouldExplainAVideoWithoutViews() {
        JsonNode views = api.json("/api/v1/videos/unseen/views");

        assertThat(views.get("total_views").asInt()).isZero();
        assertThat(views.get("explanation").asText()).contains("'unseen'");
    }

    @Test
    void shouldTellARunWithoutDifferencesFromOneThatNeverWas() {
        layers.jdbi()
                .useHandle(handle -> handle.execute(
                        "INSERT INTO published.reconciliation VALUES ('run-1', '2026-10-05T10:00:00Z', 1, 0, '{}')"));

        assertThat(api.json("/api/v1/reconciliation/run-1/rows").get("rows")).isEmpty();
        assertThat(api.get("/api/v1/reconciliation/run-2/rows").statusCode()).isEqualTo(404);
    }

    @Test
    void shouldListGenerationsAndReconciliations() {
        layers.jdbi().useHandle(handle -> handle.execute("""
                INSERT INTO published.reconciliation VALUES
                    ('run-1', '2026-10-05T10:00:00Z', 1000000, 0, '{}'), ('run-1', '2026-10-05T11:00:00Z', 1, 1, '{"late": 1}')
                """));

        JsonNode generations = api.json("/api/v1/generations").get("generations");
        JsonNode runs = api.json("/api/v1/reconciliation").get("runs");

        assertThat(generations).singleElement().satisfies(generation -> {
            assertThat(generation.get("number").asInt()).isEqualTo(1);
            assertThat(generation.get("served").asBoolean()).isTrue();
        });
        assertThat(runs).singleElement().satisfies(run -> {
            assertThat(run.get("rowsCompared").asLong()).isEqualTo(1_000_001);
            assertThat(run.get("mismatches").asLong()).isEqualTo(1);
            assertThat(run.get("accuracy").decimalValue()).isEqualByComparingTo("0.999999000");
            assertThat(run.get("differences")).singleElement().satisfies(difference -> assertThat(
                            difference.get("reasons").get("late").asInt())
                    .isEqualTo(1));
        });
    }
}
