package countinghouse.billing.plan;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import countinghouse.billing.money.Currency;
import countinghouse.kit.http.Json;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * One version of a plan. It never changes: another price is another version.
 *
 * @param name of the plan
 * @param version from 1
 * @param kind what its prices lead to
 * @param tier whom it is for; empty for pay-outs
 * @param effectiveFrom first instant it is in force, until the next version's
 * @param currency of every amount in it
 * @param items in the order of lines
 * @param limits what it admits; empty if it says nothing about admission
 * @param document the canonical JSON that it was read from, from which it can be read again
 */
public record PlanVersion(
        String name,
        int version,
        DocumentKind kind,
        Optional<Tier> tier,
        Instant effectiveFrom,
        Currency currency,
        List<PlanItem> items,
        Optional<Limits> limits,
        String document) {
    public String reference() {
        return name + "@" + version;
    }

    /** The version with its prices, as JSON. */
    public JsonNode toJson() {
        try {
            return Json.mapper().readTree(document);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("A plan's document is JSON", e);
        }
    }

    /**
     * The item of an id.
     *
     * @throws PlanException if there is none
     */
    public PlanItem item(String id) {
        return items.stream()
                .filter(item -> item.id().equals(id))
                .findFirst()
                .orElseThrow(() -> new PlanException("The plan %s has no item '%s'".formatted(reference(), id)));
    }
}
