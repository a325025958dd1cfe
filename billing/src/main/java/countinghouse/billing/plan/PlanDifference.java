package countinghouse.billing.plan;

import com.fasterxml.jackson.databind.JsonNode;
import countinghouse.billing.ledger.CanonicalJson;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** Compares the parts of two plan versions. */
final class PlanDifference {
    private PlanDifference() {}

    /** The parts that differ: items by id, then limits and currency. */
    static List<ItemChange> between(Optional<PlanVersion> before, PlanVersion after) {
        Map<String, String> old = before.map(PlanDifference::parts).orElse(Map.of());
        Map<String, String> now = parts(after);
        Set<String> names = new TreeSet<>(old.keySet());
        names.addAll(now.keySet());
        List<ItemChange> changes = new ArrayList<>();
        for (String name : names) {
            Optional<String> was = Optional.ofNullable(old.get(name));
            Optional<String> is = Optional.ofNullable(now.get(name));
            if (!was.equals(is)) {
                changes.add(new ItemChange(name, was, is));
            }
        }
        return changes;
    }

    private static Map<String, String> parts(PlanVersion plan) {
        JsonNode document = plan.toJson();
        Map<String, String> parts = new LinkedHashMap<>();
        document.path("items")
                .forEach(item -> parts.put("item " + item.path("id").asText(), CanonicalJson.text(item)));
        parts.put("currency", CanonicalJson.text(document.path("currency")));
        if (document.hasNonNull("limits")) {
            parts.put("limits", CanonicalJson.text(document.path("limits")));
        }
        return parts;
    }
}
