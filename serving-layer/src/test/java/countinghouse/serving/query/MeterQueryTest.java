package countinghouse.serving.query;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import countinghouse.metering.row.RowKey;
import countinghouse.serving.layers.RunningApi;
import java.net.http.HttpResponse;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a query answers, in the shape of OpenMeter. */
class MeterQueryTest extends CountedDays {
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
    void shouldWriteTheSubjectFirstWhereverItWasAskedFor() {
        HttpResponse<String> response = api.get(
                "/api/v1/meters/watch_seconds/query?subject=ann&groupBy=video_id&groupBy=subject&minGeneration=1",
                "Accept",
                "text/csv");

        assertThat(response.body())
                .startsWith("from,to,subject,video_id,value\r\n")
                .contains("Z,ann,v1,12.5");
    }

    @Test
    void shouldOrderGroupsByNameWhereThereAreNoWindows() {
        layers.speed(row("views", "zoe", "v0", "2026-10-06T00:00:00Z", "2026-10-06T00:00:00Z"), 1, "1");

        JsonNode groups = api.json("/api/v1/meters/views/query?groupBy=subject&minGeneration=1")
                .get("data");

        assertThat(groups).extracting(group -> group.get("subject").asText()).containsExactly("ann", "zoe");
    }

    @Test
    void shouldNameTheTimeZoneAsIanaDoes() {
        assertThat(api.json("/api/v1/meters/views/query?windowSize=DAY")
                        .get("windowTimeZone")
                        .asText())
                .isEqualTo("UTC");
    }

    @Test
    void shouldAnswerZeroWithAnExplanationForAnAccountWithoutUsage() {
        JsonNode answer = api.json("/api/v1/meters/views/query?subject=nobody&minGeneration=1");

        assertThat(answer.get("data"))
                .singleElement()
                .satisfies(row -> assertThat(row.get("value").asInt()).isZero());
        assertThat(answer.get("explanation").asText()).contains("'views'", "[nobody]");
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
}
