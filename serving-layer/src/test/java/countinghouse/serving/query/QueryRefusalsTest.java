package countinghouse.serving.query;

import static org.assertj.core.api.Assertions.assertThat;

import countinghouse.serving.layers.RunningApi;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a query may not ask, and the rule that each refusal names. */
class QueryRefusalsTest extends CountedDays {
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
}
