package countinghouse.serving.query;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import countinghouse.kit.access.AccessRole;
import countinghouse.serving.layers.RunningApi;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which role sees what. */
class ReadersAccessTest extends CountedDays {
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
}
