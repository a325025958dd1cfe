package countinghouse.billing.rating.example;

import com.fasterxml.jackson.databind.JsonNode;
import countinghouse.billing.plan.Fields;
import countinghouse.billing.rating.ProratedGraduated;
import countinghouse.billing.rating.Proration;
import countinghouse.billing.rating.Rated;
import countinghouse.billing.rating.RatingException;
import countinghouse.billing.rating.Tier;
import countinghouse.billing.rating.Tiers;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The examples about parts of periods. */
final class Prorations {
    private Prorations() {}

    static RatedExample rate(Example example, Inputs params) {
        return switch (example.model()) {
            case "proration_day" -> byDay(example, params);
            case "proration_ratio" -> ratio(example, params);
            case "prorated_graduated" -> graduated(example, params);
            default -> throw new RatingException("Unknown model '%s'".formatted(example.model()));
        };
    }

    private static RatedExample byDay(Example example, Inputs params) {
        Inputs days = new Inputs(example.quantity());
        BigDecimal share = Proration.byDay(
                params.take("amount"),
                days.take("days_used").longValueExact(),
                days.take("days_in_period").longValueExact());
        days.requireEmpty();
        Rounding rounding = params.findText("rounding").map(Rounding::of).orElse(Rounding.CENTS);
        Optional<BigDecimal> tax = params.find("tax_percent");
        params.requireEmpty();
        return RatedExample.of(Rated.NOTHING.less("share", share.negate()), rounding, tax);
    }

    private static RatedExample ratio(Example example, Inputs params) {
        params.requireEmpty();
        Fields dates = new Fields(example.quantity(), "The quantity");
        BigDecimal ratio = Proration.ratio(
                LocalDate.parse(dates.text("from")),
                LocalDate.parse(dates.text("to")),
                new BigDecimal(dates.text("bill_cycle_day")).intValueExact());
        dates.finish();
        return new RatedExample(ratio, Rated.NOTHING);
    }

    private static RatedExample graduated(Example example, Inputs params) {
        boolean zeroUsageOwesFirstFlat = params.findFlag("zero_usage_first_flat");
        Rounding rounding = params.findText("rounding").map(Rounding::of).orElse(Rounding.CENTS);
        params.requireEmpty();
        Fields quantity = new Fields(example.quantity(), "The quantity");
        List<BigDecimal> units = decimals(quantity.node("event_units"));
        List<BigDecimal> prorated = decimals(quantity.node("prorated_units"));
        quantity.finish();
        List<Tier> tiers = new ArrayList<>();
        for (JsonNode node : example.tiers()) {
            Fields tier = new Fields(node, "The tier");
            tiers.add(new Tier(
                    tier.optionalDecimal("up_to").orElse(null),
                    tier.decimal("unit_price"),
                    tier.optionalDecimal("flat_price").orElse(BigDecimal.ZERO)));
            tier.finish();
        }
        Rated rated = new ProratedGraduated(new Tiers(tiers, zeroUsageOwesFirstFlat)).rate(units, prorated);
        return RatedExample.of(rated, rounding, Optional.empty());
    }

    private static List<BigDecimal> decimals(JsonNode array) {
        if (!array.isArray()) {
            throw new RatingException("%s must be an array of quantities".formatted(array));
        }
        List<BigDecimal> decimals = new ArrayList<>();
        array.forEach(node -> decimals.add(Inputs.decimal(node)));
        return decimals;
    }
}
