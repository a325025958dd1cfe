package countinghouse.billing.account;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import countinghouse.kit.http.Json;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;

/**
 * What was agreed with one account: prices and limits that replace those of its plan, until its next override.
 *
 * @param number from 1, in the order of agreement
 * @param effectiveFrom inclusive; like a plan version, it prices what begins then or later
 * @param terms JSON object with {@code items} (item id to the fields that replace the item's) and {@code limits}, both optional
 * @param reason why, for the audit
 */
public record AccountOverride(int number, Instant effectiveFrom, JsonNode terms, String reason) {
    /** The overrides in the JSON array that the database makes of its rows; none if it is null. */
    static List<AccountOverride> list(String rows) {
        if (rows == null) {
            return List.of();
        }
        List<AccountOverride> overrides = new ArrayList<>();
        try {
            for (JsonNode row : Json.mapper().readTree(rows)) {
                overrides.add(new AccountOverride(
                        row.path("number").intValue(),
                        OffsetDateTime.parse(row.path("effective_from").asText())
                                .toInstant(),
                        row.path("document"),
                        row.path("reason").asText()));
            }
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("The database answers with JSON", e);
        }
        return overrides;
    }
}
