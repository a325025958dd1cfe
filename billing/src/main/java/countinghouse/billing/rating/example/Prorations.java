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
import java.math.RoundingMode;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;

/** The examples about parts of periods. */
final class Prorations {
    private static final int CENTS = 2;

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
        BigDecimal net = share.setScale(CENTS, RoundingMode.HALF_UP);
        BigDecimal rate = params.find("tax_percent").orElse(BigDecimal.ZERO).movePointLeft(2);
        params.requireEmpty();
        BigDecimal tax = net.multiply(rate).setScale(CENTS, RoundingMode.HALF_UP);
        return new RatedExample(
                net.add(tax), Rated.NOTHING.less("share", net.negate()).less("tax", tax.negate()));
    }

    private static RatedExample ratio(Example example, Inputs params) {
        params.requireEmpty();
        Fields dates = new Fields(example.quantity(), "The quantity");
        BigDecimal ratio = Proration.ratio(
                LocalDate.parse(dates.text("from")),
                LocalDate.parse(dates.text("to")),
                Integer.parseInt(dates.text("bill_cycle_day")));
        dates.finish();
        return new RatedExample(ratio, Rated.NOTHING);
    }

    private static RatedExample graduated(Example example, Inputs params) {
        params.requireEmpty();
        Fields quantity = new Fields(example.quantity(), "The quantity");
        List<BigDecimal> units = decimals(quantity.node("event_units"));
        List<BigDecimal> prorated = decimals(quantity.node("prorated_units"));
        quantity.finish();
        List<Tier> tiers = new ArrayList<>();
        for (JsonNode node : example.tiers()) {
            Inputs tier = new Inputs(node);
            tiers.add(new Tier(
                    node.path("up_to").isNull() ? null : tier.take("up_to"),
                    tier.take("unit_price"),
                    tier.take("flat_price")));
            tier.rest().remove("up_to");
            tier.requireEmpty();
        }
        Rated rated = new ProratedGraduated(new Tiers(tiers, false)).rate(units, prorated);
        return new RatedExample(rated.amount().setScale(CENTS, RoundingMode.HALF_UP), rated);
    }

    private static List<BigDecimal> decimals(JsonNode array) {
        List<BigDecimal> decimals = new ArrayList<>();
        array.forEach(node -> decimals.add(Inputs.decimal(node)));
        return decimals;
    }
}
