package countinghouse.billing.rating.example;

import com.fasterxml.jackson.databind.JsonNode;
import countinghouse.billing.plan.Fields;
import countinghouse.billing.rating.Capacity;
import countinghouse.billing.rating.Rated;
import countinghouse.billing.rating.RatingException;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** The examples about peaks of several units. */
final class Capacities {
    private Capacities() {}

    static RatedExample rate(Example example, Inputs params) {
        Rounding rounding = params.findText("rounding").map(Rounding::of).orElse(Rounding.EXACT);
        Optional<BigDecimal> tax = params.find("tax_percent");
        params.requireEmpty();
        Set<String> units = new HashSet<>();
        List<Capacity.CapacityTier> tiers = new ArrayList<>();
        for (JsonNode node : example.tiers()) {
            Fields tier = new Fields(node, "The tier");
            JsonNode limits = tier.node("limits");
            Set<String> ofTier = new TreeSet<>();
            limits.fieldNames().forEachRemaining(ofTier::add);
            if (tiers.isEmpty()) {
                units.addAll(ofTier);
            }
            requireSame(units, ofTier);
            tiers.add(new Capacity.CapacityTier(decimals(limits), tier.decimal("price")));
            tier.finish();
        }
        Map<String, BigDecimal> peaks = decimals(example.quantity());
        if (!units.containsAll(peaks.keySet())) {
            throw new RatingException("The tiers limit %s, but the peaks are %s".formatted(units, peaks));
        }
        Rated rated = new Capacity(tiers).rate(peaks);
        return RatedExample.of(rated, rounding, tax);
    }

    /** A unit without a bound says so by a null; a name that is not in every tier is a slip of the pen. */
    private static void requireSame(Set<String> units, Set<String> ofTier) {
        if (!units.equals(ofTier)) {
            throw new RatingException(
                    "The first tier limits %s, but another one %s".formatted(new TreeSet<>(units), ofTier));
        }
    }

    private static Map<String, BigDecimal> decimals(JsonNode object) {
        if (!object.isObject()) {
            throw new RatingException("%s must be an object of units".formatted(object));
        }
        Map<String, BigDecimal> decimals = new LinkedHashMap<>();
        object.properties().forEach(member -> {
            if (!member.getValue().isNull()) {
                decimals.put(member.getKey(), Inputs.decimal(member.getValue()));
            }
        });
        return decimals;
    }
}
