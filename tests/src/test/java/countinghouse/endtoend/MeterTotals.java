package countinghouse.endtoend;

import com.fasterxml.jackson.databind.JsonNode;
import countinghouse.local.demo.ApiClient;
import java.math.BigDecimal;
import java.net.URI;
import java.util.stream.StreamSupport;

/** What a running platform answers to an analyst, added up. */
final class MeterTotals {
    private final ApiClient api;

    private MeterTotals(ApiClient api) {
        this.api = api;
    }

    /** Of the platform as it runs now: the next start may have another address. */
    static MeterTotals of(Countinghouse countinghouse) {
        URI address = URI.create(
                countinghouse.run("status", "--json").json().get("api").asText());
        String token = countinghouse.run("token", "--role", "analyst").output().strip();
        return new MeterTotals(new ApiClient(address, token));
    }

    /** Of all accounts. */
    BigDecimal of(String meter) {
        return sum("/api/v1/meters/%s/query".formatted(meter));
    }

    BigDecimal of(String meter, String account) {
        return sum("/api/v1/meters/%s/query?subject=%s".formatted(meter, account));
    }

    private BigDecimal sum(String query) {
        return StreamSupport.stream(api.get(query).get("data").spliterator(), false)
                .map((JsonNode row) -> row.get("value").decimalValue())
                .reduce(BigDecimal.ZERO, BigDecimal::add);
    }
}
