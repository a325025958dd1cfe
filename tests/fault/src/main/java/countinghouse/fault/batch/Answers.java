package countinghouse.fault.batch;

import com.fasterxml.jackson.databind.JsonNode;
import countinghouse.kit.access.AccessRole;
import countinghouse.local.Platform;
import countinghouse.local.demo.ApiClient;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/** What the public API answers: both layers together. */
final class Answers {
    private final ApiClient api;

    Answers(Platform platform) {
        this.api = new ApiClient(platform.api(), platform.token(Set.of(AccessRole.ANALYST), Set.of()));
    }

    /** The total of every account and meter, as {@code answer METER ACCOUNT} to the value. */
    Map<String, String> totals(Collection<String> meters) {
        Map<String, String> totals = new HashMap<>();
        for (String meter : meters) {
            for (JsonNode row : api.get("/api/v1/meters/" + meter + "/query?groupBy=subject")
                    .path("data")) {
                String value = row.get("value").decimalValue().signum() == 0
                        ? "0"
                        : row.get("value").decimalValue().stripTrailingZeros().toPlainString();
                totals.put(place(meter, row.get("subject").asText()), value);
            }
        }
        return totals;
    }

    static String place(String meter, String account) {
        return "answer " + meter + " " + account;
    }
}
