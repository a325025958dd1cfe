package countinghouse.serving.query;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import countinghouse.kit.access.AccessRole;
import countinghouse.metering.row.RowKey;
import countinghouse.serving.layers.Layers;
import countinghouse.serving.layers.LayersExtension;
import countinghouse.serving.layers.RunningApi;
import java.net.http.HttpResponse;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@ExtendWith(LayersExtension.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class MeterQueryTest {
    private static final Instant CLOSED = Instant.parse("2026-10-06T00:00:00Z");

    private Layers layers;
    private RunningApi api;

    @BeforeAll
    void start(Layers started) {
        layers = started;
        api = new RunningApi(layers.settings());
    }

    @AfterAll
    void stop() {
        api.close();
    }

    @BeforeEach
    void fill() {
        RowKey batch = row("watch_seconds", "ann", "v1", "2026-10-05T10:00:00Z", "2026-10-05T10:00:00Z");
        layers.speed(batch, 1, "12.000000001");
        layers.publish(1, CLOSED, List.of(batch), "12.000000001");
        layers.speed(row("watch_seconds", "ann", "v1", "2026-10-06T01:00:00Z", "2026-10-06T01:00:00Z"), 2, "0.5");
        layers.speed(
                row("watch_seconds", "bob, the \"2nd\"", "v2", "2026-10-06T02:15:00Z", "2026-10-06T02:00:00Z"), 1, "3");
        layers.speed(row("views", "ann", "v1", "2026-10-06T01:00:00Z", "2026-10-06T01:00:00Z"), 2, "2");
        layers.speed(row("billable_views", "ann", "v1", "2026-10-06T01:00:00Z", "2026-10-06T01:00:00Z"), 1, "1");
    }

    @Test
    void shouldAnswerInTheShapeOfOpenMeterWithFreshnessBeside() {
        JsonNode answer =
                api.json("/api/v1/meters/watch_seconds/query?from=2026-10-05T00:00:00Z&to=2026-10-07T00:00:00Z"
                        + "&windowSize=DAY&groupBy=subject&groupBy=video_id&minGeneration=1");

        assertThat(answer.get("windowSize").asText()).isEqualTo("DAY");
        assertThat(answer.get("data")).hasSize(3);
        JsonNode first = answer.get("data").get(0);
        assertThat(first.toString())
                .isEqualTo(
                        "{\"value\":12.000000001,\"windowStart\":\"2026-10-05T00:00:00Z\",\"windowEnd\":"
                                + "\"2026-10-06T00:00:00Z\",\"subject\":\"ann\",\"customerId\":null,\"groupBy\":{\"video_id\":\"v1\"}}");
        assertThat(answer.get("generation").asLong()).isEqualTo(1);
        assertThat(answer.get("closedThrough").asText()).isEqualTo("2026-10-06T00:00:00Z");
        assertThat(answer.get("batch").decimalValue()).isEqualByComparingTo("12.000000001");
        assertThat(answer.get("speed").decimalValue()).isEqualByComparingTo("3.5");
        assertThat(answer.get("quality").asText()).isEqualTo("exact");
        assertThat(answer.get("partial").asBoolean()).isFalse();
        assertThat(answer.hasNonNull("asOf")).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "windowSize=HOUR",
                "windowSize=DAY&windowTimeZone=Europe/Paris",
                "from=2026-10-05T06:00:00Z",
                "to=2026-10-05T00:15:00Z"
            })
    void shouldRefuseToCutTheDaysThatUniqueCountsAreKeptIn(String query) {
        HttpResponse<String> response = api.get("/api/v1/meters/unique_viewers/query?" + query);

        assertThat(response.statusCode()).isEqualTo(400);
        assertThat(response.body()).contains("cell-alignment", "unique_viewers");
    }

    @Test
    void shouldSayThatAUniqueCountIsApproximate() {
        JsonNode answer = api.json("/api/v1/meters/unique_viewers/query?windowSize=MONTH");

        assertThat(answer.get("approximate").asBoolean()).isTrue();
        assertThat(answer.get("relativeStandardError").decimalValue()).isEqualByComparingTo("0.01625");
    }

    @Test
    void shouldWriteValuesWithExactlyTheirDigits() {
        HttpResponse<String> response = api.get("/api/v1/meters/watch_seconds/query?minGeneration=1");

        assertThat(response.body()).contains("\"value\":15.500000001,");
    }

    @Test
    void shouldGiveTheSameAnswerToAPost() {
        HttpResponse<String> response = api.post("/api/v1/meters/watch_seconds/query", """
                {"from": "2026-10-06T00:00:00Z", "subject": ["ann"], "groupBy": ["video_id"],
                 "filterGroupBy": {"video_id": ["v1", "v9"]}, "minGeneration": 1}
                """);

        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(RunningApi.parse(response).get("data"))
                .singleElement()
                .satisfies(row -> assertThat(row.get("value").decimalValue()).isEqualByComparingTo("0.5"));
    }

    @Test
    void shouldLeaveTheEndOfTheRangeOut() {
        JsonNode answer = api.json(
                "/api/v1/meters/watch_seconds/query?from=2026-10-06T01:00:00Z&to=2026-10-06T02:15:00Z&minGeneration=1");

        assertThat(answer.get("data").get(0).get("value").decimalValue()).isEqualByComparingTo("0.5");
    }

    @Test
    void shouldWriteCsvWhenItIsAskedFor() {
        HttpResponse<String> response = api.get(
                "/api/v1/meters/watch_seconds/query?from=2026-10-06T00:00:00Z&to=2026-10-07T00:00:00Z&groupBy=subject&minGeneration=1",
                "Accept",
                "text/csv");

        assertThat(response.headers().firstValue("Content-Type")).hasValue("text/csv; charset=utf-8");
        assertThat(response.headers().firstValue("Countinghouse-generation")).hasValue("1");
        assertThat(response.body()).isEqualTo("""
                        from,to,subject,value\r
                        2026-10-06T00:00:00Z,2026-10-07T00:00:00Z,ann,0.5\r
                        2026-10-06T00:00:00Z,2026-10-07T00:00:00Z,"bob, the ""2nd""\",3\r
                        """);
    }

    @Test
    void shouldAnswerZeroWithAnExplanationForAnAccountWithoutUsage() {
        JsonNode answer = api.json("/api/v1/meters/views/query?subject=nobody&minGeneration=1");

        assertThat(answer.get("data"))
                .singleElement()
                .satisfies(row -> assertThat(row.get("value").asInt()).isZero());
        assertThat(answer.get("explanation").asText()).contains("'views'", "[nobody]");
    }

    @Test
    void shouldListTheMetersWhenOneIsUnknown() {
        HttpResponse<String> response = api.get("/api/v1/meters/clicks/query");

        assertThat(response.statusCode()).isEqualTo(404);
        assertThat(response.headers().firstValue("Content-Type")).hasValue("application/problem+json");
        assertThat(RunningApi.parse(response).get("detail").asText()).contains("'clicks'", "views", "job_seconds");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "windowSize=MINUTE | window-size",
                "from=2026-10-05T10:05:00Z | cell-alignment",
                "to=2026-10-05T10:00:00.001Z | cell-alignment",
                "windowSize=DAY&from=2026-10-05T10:00:00Z | window-alignment",
                "windowSize=DAY&from=2026-10-05T00:00:00Z&windowTimeZone=Europe/Berlin | window-alignment",
                "windowSize=DAY&windowTimeZone=%2B00:07 | cell-alignment"
            })
    void shouldNameTheRuleInsteadOfRounding(String parameters, String rule) {
        HttpResponse<String> response = api.get("/api/v1/meters/views/query?" + parameters);

        assertThat(response.statusCode()).isEqualTo(400);
        assertThat(RunningApi.parse(response).get("rule").asText()).isEqualTo(rule);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "from=2026-10-05T00:00:00Z&to=2026-10-05T00:00:00Z",
                "windowSize=DAY&windowTimeZone=Mars/Olympus",
                "groupBy=colour",
                "filterGroupBy%5Bcolour%5D=red",
                "advancedMeterGroupByFilters=%7B%22colour%22:%7B%22$eq%22:%22red%22%7D%7D"
            })
    void shouldRefuseWhatItCannotAnswerExactly(String parameters) {
        HttpResponse<String> response = api.get("/api/v1/meters/views/query?" + parameters);

        assertThat(response.statusCode()).isEqualTo(400);
        assertThat(RunningApi.parse(response).get("code").asText()).isEqualTo("invalid-query");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "from=yesterday",
                "windowSize=WEEK",
                "filterCustomerId=x",
                "minGeneration=newest",
                "from=2026-10-05T00:00:00Z&from=2026-10-06T00:00:00Z",
                "advancedMeterGroupByFilters=%7B%22video_id%22:%7B%22$like%22:%22v%25%22%7D%7D"
            })
    void shouldRefuseWhatTheContractDoesNotName(String parameters) {
        HttpResponse<String> response = api.get("/api/v1/meters/views/query?" + parameters);

        assertThat(response.statusCode()).isEqualTo(400);
        assertThat(RunningApi.parse(response).get("errors")).isNotEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"video_id\":{\"$eq\":\"v1\"}} | | 12.500000001",
                "{\"video_id\":{\"$in\":[\"v1\",\"v2\"]}} | | 15.500000001",
                "{\"video_id\":{\"$in\":[\"v1\",\"v2\"]}} | v2 | 3",
                "{\"video_id\":{\"$eq\":\"v1\"}} | v2 | 0"
            })
    void shouldFilterByOpenMetersOperators(String operators, String video, String value) {
        String encoded = java.net.URLEncoder.encode(operators.trim(), java.nio.charset.StandardCharsets.UTF_8);
        String plain = video == null ? "" : "&filterGroupBy%5Bvideo_id%5D=" + video;
        JsonNode asked = api.json(
                "/api/v1/meters/watch_seconds/query?minGeneration=1&advancedMeterGroupByFilters=" + encoded + plain);
        JsonNode posted = RunningApi.parse(api.post(
                "/api/v1/meters/watch_seconds/query",
                "{\"minGeneration\":1,\"advancedMeterGroupByFilters\":%s%s}"
                        .formatted(
                                operators,
                                video == null ? "" : ",\"filterGroupBy\":{\"video_id\":\"" + video + "\"}")));

        assertThat(asked.get("data").get(0).get("value").decimalValue()).isEqualByComparingTo(value);
        assertThat(posted.get("data").get(0).get("value").decimalValue()).isEqualByComparingTo(value);
    }

    @ParameterizedTest
    @CsvSource({
        "America/New_York, 2026-03-08, 2026-03-08T05:00:00Z, 2026-03-09T04:00:00Z",
        "America/New_York, 2026-11-01, 2026-11-01T04:00:00Z, 2026-11-02T05:00:00Z",
        "Asia/Ho_Chi_Minh, 2026-11-01, 2026-10-31T17:00:00Z, 2026-11-01T17:00:00Z",
        "Australia/Lord_Howe, 2026-10-04, 2026-10-03T13:30:00Z, 2026-10-04T13:00:00Z",
        "Australia/Lord_Howe, 2026-04-05, 2026-04-04T13:00:00Z, 2026-04-05T13:30:00Z"
    })
    void shouldCountTheDaysOfTheCallersClocks(String zone, String day, Instant start, Instant end) {
        long bucket = CLOSED.toEpochMilli();
        for (Instant cell : List.of(start.minusSeconds(900), start, end.minusSeconds(900), end)) {
            layers.speed(
                    new RowKey(
                            "views",
                            "dst",
                            "{\"video_id\":\"" + day + "\"}",
                            cell.toEpochMilli(),
                            bucket,
                            "events.view-3"),
                    1,
                    "1");
        }

        JsonNode data = api.json("/api/v1/meters/views/query?subject=dst&windowSize=DAY&windowTimeZone=" + zone)
                .get("data");

        assertThat(data).hasSize(3);
        assertThat(data.get(1).get("windowStart").asText()).isEqualTo(start.toString());
        assertThat(data.get(1).get("windowEnd").asText()).isEqualTo(end.toString());
        assertThat(data.get(1).get("value").asInt()).isEqualTo(2);
    }

    @ParameterizedTest
    @ValueSource(strings = {"[]", "{", "\"x\""})
    void shouldRefuseABodyThatIsNoObject(String body) {
        assertThat(api.post("/api/v1/meters/views/query", body).statusCode()).isEqualTo(400);
    }

    @Test
    void shouldRefuseAGenerationThatIsNotPublished() {
        HttpResponse<String> response = api.get("/api/v1/meters/views/query?minGeneration=9");

        assertThat(response.statusCode()).isEqualTo(409);
        assertThat(RunningApi.parse(response).get("code").asText()).isEqualTo("unknown-generation");
    }

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
    void shouldShowACreatorOnlyItsOwnAccounts() {
        String creator = api.token(AccessRole.CREATOR, "ann");

        JsonNode all = RunningApi.parse(
                api.getAs(creator, "/api/v1/meters/watch_seconds/query?groupBy=subject&minGeneration=1"));
        HttpResponse<String> foreign = api.getAs(creator, "/api/v1/meters/watch_seconds/query?subject=bob");

        assertThat(all.get("data"))
                .singleElement()
                .satisfies(row -> assertThat(row.get("subject").asText()).isEqualTo("ann"));
        assertThat(foreign.statusCode()).isEqualTo(404);
    }

    @Test
    void shouldShowACustomerWithoutAccountsNothing() {
        JsonNode answer = RunningApi.parse(
                api.getAs(api.token(AccessRole.CUSTOMER), "/api/v1/meters/watch_seconds/query?groupBy=subject"));

        assertThat(answer.get("data")).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "ADMIN, /api/v1/meters, 200",
        "BILLING, /api/v1/meters, 200",
        "ANALYST, /api/v1/meters, 200",
        "CREATOR, /api/v1/meters, 200",
        "CUSTOMER, /api/v1/meters, 200",
        "PRODUCER, /api/v1/meters, 403",
        "PRODUCER, /api/v1/videos/v1/views, 403",
        "PRODUCER, /api/v1/live, 403",
        "ADMIN, /api/v1/generations, 200",
        "BILLING, /api/v1/generations, 200",
        "ANALYST, /api/v1/reconciliation, 200",
        "CREATOR, /api/v1/generations, 403",
        "CUSTOMER, /api/v1/reconciliation, 403"
    })
    void shouldAdmitRoles(AccessRole role, String path, int status) {
        assertThat(api.getAs(api.token(role, "ann"), path).statusCode()).isEqualTo(status);
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

    private static RowKey row(String meter, String account, String video, String cell, String bucket) {
        return new RowKey(
                meter,
                account,
                "{\"video_id\":\"%s\"}".formatted(video),
                Instant.parse(cell).toEpochMilli(),
                Instant.parse(bucket).toEpochMilli(),
                "events.view-3");
    }
}
