package countinghouse.billing.rating.example;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import countinghouse.billing.rating.Capacity;
import countinghouse.billing.rating.LineRating;
import countinghouse.billing.rating.Price;
import countinghouse.billing.rating.Rated;
import countinghouse.billing.rating.RatingException;
import countinghouse.billing.rating.Terms;
import countinghouse.billing.rating.Usage;
import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Rates examples of the format of {@code rating-examples.json} with the engine that rates invoices. */
final class ExampleEngine {
    private static final int CENTS = 2;
    private static final String HALF_UP_CENTS = "HALF_UP_2";

    private ExampleEngine() {}

    /**
     * The amount of an example and its working.
     *
     * @throws RuntimeException if the model, a parameter or a policy is not known, or an input is not valid
     */
    static RatedExample rate(Example example) {
        Inputs params = new Inputs(example.params());
        String model = example.model();
        if (model.startsWith("proration") || model.startsWith("prorated")) {
            return Prorations.rate(example, params);
        }
        if (model.startsWith("bucketed_")) {
            return exact(bucketed(example, params));
        }
        if (model.startsWith("converted_")) {
            return exact(converted(example, params));
        }
        if (model.startsWith("delta_")) {
            return exact(delta(example, params));
        }
        if (model.startsWith("split_")) {
            return exact(split(example, params, model.substring("split_".length())));
        }
        if (model.startsWith("min_commit") || model.startsWith("max_commit")) {
            return committed(example, params);
        }
        return plain(example, params);
    }

    private static RatedExample plain(Example example, Inputs params) {
        Optional<String> rounding = params.findText("rounding");
        boolean cents = rounding.isPresent() || example.model().equals("dynamic");
        if (rounding.isPresent() && !rounding.get().equals(HALF_UP_CENTS)) {
            throw new RatingException("Unknown rounding '%s'".formatted(rounding.get()));
        }
        Rated rated =
                switch (example.model()) {
                    case "capacity" -> capacity(example, params);
                    case "per_unit_free" ->
                        ExamplePrice.withIncludedUnits(params.rest()).rate(Inputs.usage(example.quantity()));
                    case "percentage" -> percentage(example, params);
                    case "allowance", "included_units", "converted" ->
                        throw new RatingException("Unknown model '%s'".formatted(example.model()));
                    default ->
                        ExamplePrice.read(example.model(), example.tiers(), params.rest())
                                .rate(Inputs.usage(example.quantity()));
                };
        return cents ? cents(rated) : exact(rated);
    }

    private static Rated percentage(Example example, Inputs params) {
        long events = params.find("events").map(BigDecimal::longValueExact).orElse(0L);
        return ExamplePrice.read("percentage", example.tiers(), params.rest())
                .rate(new Usage(Inputs.decimal(example.quantity()), events));
    }

    private static Rated capacity(Example example, Inputs params) {
        params.requireEmpty();
        List<Capacity.CapacityTier> tiers = new ArrayList<>();
        for (JsonNode tier : example.tiers()) {
            Inputs fields = new Inputs(tier);
            Map<String, BigDecimal> limits = decimals(fields.rest().remove("limits"));
            tiers.add(new Capacity.CapacityTier(limits, fields.take("price")));
            fields.requireEmpty();
        }
        return new Capacity(tiers).rate(decimals(example.quantity()));
    }

    private static Rated bucketed(Example example, Inputs params) {
        Price price =
                ExamplePrice.read(example.model().substring("bucketed_".length()), example.tiers(), params.rest());
        Rated sum = Rated.NOTHING;
        for (JsonNode quantity : example.quantity()) {
            sum = sum.plus(price.rate(Inputs.usage(quantity)));
        }
        return sum;
    }

    private static Rated converted(Example example, Inputs params) {
        String model = example.model().substring("converted_".length());
        return ExamplePrice.converted(model.equals("unit") ? "per_unit" : model, example.tiers(), params.rest())
                .rate(Inputs.usage(example.quantity()));
    }

    private static Rated delta(Example example, Inputs params) {
        String model = example.model().substring("delta_".length());
        if (model.equals("two_units")) {
            return twoUnits(example, params);
        }
        Price price = ExamplePrice.read(model.equals("unit") ? "per_unit" : model, example.tiers(), params.rest());
        Inputs quantity = new Inputs(example.quantity());
        Usage billed = Usage.of(quantity.take("billed"));
        Usage cumulative = Usage.of(quantity.take("cumulative"));
        quantity.requireEmpty();
        return LineRating.difference(price, billed, cumulative);
    }

    private static Rated twoUnits(Example example, Inputs params) {
        BigDecimal billed = params.take("previously_billed");
        params.requireEmpty();
        Inputs quantities = new Inputs(example.quantity());
        Rated sum = Rated.NOTHING;
        for (JsonNode unit : example.tiers()) {
            Price price = ExamplePrice.read("graduated", unit.path("tiers"), params.rest());
            sum = sum.plus(price.rate(Usage.of(quantities.take(unit.path("unit").asText()))));
        }
        quantities.requireEmpty();
        return sum.less("previously-billed", billed);
    }

    private static Rated split(Example example, Inputs params, String model) {
        Price price = ExamplePrice.read(model.equals("unit") ? "per_unit" : model, example.tiers(), params.rest());
        return split(example, price, Terms.NONE, BigDecimal.ZERO);
    }

    private static Rated split(Example example, Price price, Terms terms, BigDecimal previouslyBilled) {
        Inputs quantity = new Inputs(example.quantity());
        Usage before = Usage.of(quantity.take("pre"));
        Usage line = Usage.of(quantity.take("line"));
        quantity.requireEmpty();
        return LineRating.partOfPeriod(price, terms, before, line, previouslyBilled, true);
    }

    /** Models such as {@code max_commit_split_package}: a commitment, maybe of a part of a period, on a price. */
    private static RatedExample committed(Example example, Inputs params) {
        String name = example.model().substring("min_commit".length());
        boolean prorated = name.equals("_prorated");
        boolean split = name.startsWith("_split");
        String model = prorated ? "" : split ? name.substring("_split".length()) : name;
        model = model.isEmpty() ? "per_unit" : model.substring(1);
        Optional<BigDecimal> minimum = params.find("minimum");
        if (prorated) {
            BigDecimal part = params.take("days_used").divide(params.take("days_in_period"), MathContext.DECIMAL128);
            minimum = minimum.map(least -> least.multiply(part).setScale(CENTS, RoundingMode.HALF_UP));
        }
        Optional<BigDecimal> maximum = params.find("maximum");
        if (minimum.isEmpty() && maximum.isEmpty()) {
            throw new RatingException("The model '%s' needs a minimum or a maximum".formatted(example.model()));
        }
        Terms terms = new Terms(params.find("percent_discount").orElse(BigDecimal.ZERO), maximum, minimum);
        Optional<BigDecimal> billed = params.find("previously_billed");
        Price price = ExamplePrice.read(model, example.tiers(), params.rest());
        if (split) {
            Rated rated = split(example, price, terms, billed.orElse(BigDecimal.ZERO));
            return model.equals("dynamic") ? cents(rated) : exact(rated);
        }
        if (billed.isPresent()) {
            throw new RatingException("The model '%s' has nothing billed before".formatted(example.model()));
        }
        return exact(LineRating.wholePeriod(price, terms, Inputs.usage(example.quantity())));
    }

    private static Map<String, BigDecimal> decimals(JsonNode object) {
        Map<String, BigDecimal> decimals = new HashMap<>();
        ((ObjectNode) object).properties().forEach(member -> {
            if (!member.getValue().isNull()) {
                decimals.put(member.getKey(), Inputs.decimal(member.getValue()));
            }
        });
        return decimals;
    }

    private static RatedExample exact(Rated rated) {
        return new RatedExample(rated.amount(), rated);
    }

    private static RatedExample cents(Rated rated) {
        return new RatedExample(rated.amount().setScale(CENTS, RoundingMode.HALF_UP), rated);
    }
}
