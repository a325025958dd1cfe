package countinghouse.billing.rating.example;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import countinghouse.billing.plan.PriceReader;
import countinghouse.billing.rating.Price;
import countinghouse.billing.rating.RatingException;
import countinghouse.kit.http.Json;
import java.util.Set;

/** The price of an example, put into the words of plans and read by the reader of plans. */
final class ExamplePrice {
    private static final Set<String> TIERED =
            Set.of("graduated", "graduated_percentage", "volume", "stairstep", "tiered_blocks");

    private ExamplePrice() {}

    /**
     * The price of a model.
     *
     * @param model a model of plans
     * @param params only what belongs to the price
     */
    static Price read(String model, JsonNode tiers, ObjectNode params) {
        ObjectNode price = params.deepCopy().put("model", model);
        if (TIERED.contains(model)) {
            price.set("tiers", tiers);
        } else if (!tiers.isEmpty()) {
            throw new RatingException("The model '%s' has no tiers".formatted(model));
        }
        return PriceReader.read(price, "The example");
    }

    /** A price that is rated after free units are taken off. */
    static Price withIncludedUnits(ObjectNode params) {
        ObjectNode overage = params.deepCopy().put("model", "per_unit");
        JsonNode free = overage.remove("free_units");
        ObjectNode price = Json.mapper().createObjectNode().put("model", "included_units");
        price.set("free_units", free);
        price.set("overage", overage);
        return PriceReader.read(price, "The example");
    }

    /** A price in converted units. */
    static Price converted(String model, JsonNode tiers, ObjectNode params) {
        ObjectNode inner = params.deepCopy().put("model", model);
        ObjectNode price = Json.mapper().createObjectNode().put("model", "converted");
        price.set("divide_by", inner.remove("divide_by"));
        price.set("rounding", inner.remove("rounding"));
        if (TIERED.contains(model)) {
            inner.set("tiers", tiers);
        }
        price.set("price", inner);
        return PriceReader.read(price, "The example");
    }
}
