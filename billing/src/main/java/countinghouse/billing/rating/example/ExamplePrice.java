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
    private static final String WHERE = "The example";
    private static final String FREE_EVENTS = "free_events_effective";
    private static final Set<String> TIERED =
            Set.of("graduated", "graduated_percentage", "volume", "stairstep", "tiered_blocks");
    private static final Set<String> UNTIERED = Set.of("per_unit", "flat", "package", "percentage", "dynamic");

    private ExamplePrice() {}

    /**
     * The price of a model.
     *
     * @param params only what belongs to the price
     */
    static Price read(ExampleModel model, JsonNode tiers, Inputs params) {
        ObjectNode conversion = Json.mapper().createObjectNode().put("model", "converted");
        if (model.converted()) {
            conversion.put("divide_by", params.take("divide_by").toPlainString());
            params.findText("rounding").ifPresent(rounding -> conversion.put("rounding", rounding));
        }
        ObjectNode included = Json.mapper().createObjectNode().put("model", "included_units");
        if (model.free()) {
            included.put("free_units", params.take("free_units").toPlainString());
        }
        ObjectNode price = plain(model.price(), tiers, params);
        if (model.free()) {
            price = included.set("overage", price);
        }
        if (model.converted()) {
            price = conversion.set("price", price);
        }
        return PriceReader.read(price, WHERE);
    }

    private static ObjectNode plain(String model, JsonNode tiers, Inputs params) {
        params.find(FREE_EVENTS).ifPresent(events -> params.rest().put(FREE_EVENTS, events.intValueExact()));
        ObjectNode price = params.rest().deepCopy().put("model", model);
        if (TIERED.contains(model)) {
            price.set("tiers", model.equals("stairstep") ? withoutUnitPrices(tiers) : tiers);
        } else if (!UNTIERED.contains(model)) {
            throw new RatingException("Unknown model '%s'".formatted(model));
        } else if (!tiers.isEmpty()) {
            throw new RatingException("The model '%s' has no tiers".formatted(model));
        }
        return price;
    }

    /** The format gives every tier a unit price; a band has none, so only zero is one. */
    private static JsonNode withoutUnitPrices(JsonNode tiers) {
        JsonNode bands = tiers.deepCopy();
        for (JsonNode band : bands) {
            if (band.has("unit_price") && Inputs.decimal(band.get("unit_price")).signum() == 0) {
                ((ObjectNode) band).remove("unit_price");
            }
        }
        return bands;
    }
}
