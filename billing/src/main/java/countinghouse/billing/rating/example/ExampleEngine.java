package countinghouse.billing.rating.example;

import com.fasterxml.jackson.databind.JsonNode;
import countinghouse.billing.plan.Fields;
import countinghouse.billing.rating.LineRating;
import countinghouse.billing.rating.Price;
import countinghouse.billing.rating.Rated;
import countinghouse.billing.rating.RatingException;
import countinghouse.billing.rating.Terms;
import countinghouse.billing.rating.Usage;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.Optional;

/** Rates examples of the format of {@code rating-examples.json} with the engine that rates invoices. */
final class ExampleEngine {
    private static final String BILLED = "previously_billed";

    private ExampleEngine() {}

    /**
     * The amount of an example and its working.
     *
     * @throws RuntimeException if the model, a parameter or a policy is not known, or an input is not valid
     */
    static RatedExample rate(Example example) {
        Inputs params = new Inputs(example.params());
        return switch (example.model()) {
            case "proration_day", "proration_ratio", "prorated_graduated" -> Prorations.rate(example, params);
            case "capacity" -> Capacities.rate(example, params);
            case "delta_two_units" -> units(example, params);
            default -> priced(example, params, ExampleModel.of(example.model()));
        };
    }

    private static RatedExample priced(Example example, Inputs params, ExampleModel model) {
        Rounding rounding = rounding(model, params);
        Optional<BigDecimal> tax = params.find("tax_percent");
        Terms terms = terms(model, params);
        Optional<BigDecimal> billed = params.find(BILLED);
        long events = params.find("events")
                .filter(found -> takesEvents(model, found))
                .map(BigDecimal::longValueExact)
                .orElse(0L);
        Price price = ExamplePrice.read(model, example.tiers(), params);
        return switch (model.form()) {
            case WHOLE -> {
                Usage usage = usage(example.quantity(), events);
                yield model.committed() || billed.isEmpty()
                        ? of(LineRating.agreed(terms, price.rate(usage), before(billed), true), rounding, tax)
                        : RatedExample.lessBilled(
                                LineRating.wholePeriod(price, terms, usage), rounding, tax, before(billed));
            }
            case SPLIT -> of(split(example, price, terms, billed, rounding), rounding, tax);
            case DELTA -> delta(example, price, terms, billed, rounding, tax);
            case BUCKETED -> of(LineRating.agreed(terms, buckets(example, price), before(billed), true), rounding, tax);
        };
    }

    private static RatedExample of(Rated rated, Rounding rounding, Optional<BigDecimal> tax) {
        return RatedExample.of(rated, rounding, tax);
    }

    /** What was billed before counts against a commitment. */
    private static BigDecimal before(Optional<BigDecimal> billed) {
        return billed.orElse(BigDecimal.ZERO);
    }

    /** In a conversion, 'rounding' is about units; a quantity that is money is rounded to cents unless said otherwise. */
    private static Rounding rounding(ExampleModel model, Inputs params) {
        Optional<String> policy = model.converted() ? Optional.empty() : params.findText("rounding");
        return policy.map(Rounding::of).orElse(model.price().equals("dynamic") ? Rounding.CENTS : Rounding.EXACT);
    }

    private static boolean takesEvents(ExampleModel model, BigDecimal events) {
        if (!model.price().equals("percentage") || model.form() != ExampleModel.Form.WHOLE || events.signum() < 0) {
            throw new RatingException("The model cannot have %s events".formatted(events.toPlainString()));
        }
        return true;
    }

    private static Terms terms(ExampleModel model, Inputs params) {
        Optional<BigDecimal> minimum = params.find("minimum");
        Optional<BigDecimal> maximum = params.find("maximum");
        if (model.committed() && minimum.isEmpty() && maximum.isEmpty()) {
            throw new RatingException("A commitment needs a 'minimum' or a 'maximum'");
        }
        if (model.prorated()) {
            BigDecimal days = params.take("days_used");
            BigDecimal whole = params.take("days_in_period");
            if (days.signum() < 0 || whole.signum() <= 0 || days.compareTo(whole) > 0) {
                throw new RatingException("%s of %s days is not a share".formatted(days, whole));
            }
            minimum = minimum.map(least -> cents(least, days, whole));
            maximum = maximum.map(most -> cents(most, days, whole));
        }
        return new Terms(params.find("percent_discount").orElse(BigDecimal.ZERO), maximum, minimum);
    }

    private static BigDecimal cents(BigDecimal amount, BigDecimal days, BigDecimal whole) {
        return Rounding.CENTS.of(amount.multiply(days).divide(whole, MathContext.DECIMAL128));
    }

    /** What the period's first part came to follows from the price, unless the example states it. */
    private static Rated split(
            Example example, Price price, Terms terms, Optional<BigDecimal> billed, Rounding rounding) {
        Inputs quantity = new Inputs(example.quantity());
        Usage before = Usage.of(quantity.take("pre"));
        Usage line = Usage.of(quantity.take("line"));
        quantity.requireEmpty();
        BigDecimal known =
                billed.orElseGet(() -> rounding.of(LineRating.agreed(terms, price.rate(before), BigDecimal.ZERO, false)
                        .amount()));
        return LineRating.partOfPeriod(price, terms, before, line, known, true);
    }

    /** What was billed before is not owed again: the whole as it is known now, rounded, less what was billed. */
    private static RatedExample delta(
            Example example,
            Price price,
            Terms terms,
            Optional<BigDecimal> billed,
            Rounding rounding,
            Optional<BigDecimal> tax) {
        if (!example.quantity().isObject()) {
            BigDecimal stated = billed.orElseThrow(
                    () -> new RatingException("A delta of one quantity needs '%s'".formatted(BILLED)));
            Rated now = LineRating.wholePeriod(price, terms, usage(example.quantity(), 0));
            return RatedExample.lessBilled(now, rounding, tax, stated);
        }
        Inputs quantity = new Inputs(example.quantity());
        Usage then = Usage.of(quantity.take("billed"));
        Usage now = Usage.of(quantity.take("cumulative"));
        quantity.requireEmpty();
        BigDecimal invoiced = billed.orElseGet(
                () -> rounding.of(LineRating.wholePeriod(price, terms, then).amount()));
        return RatedExample.lessBilled(LineRating.wholePeriod(price, terms, now), rounding, tax, invoiced);
    }

    private static Rated buckets(Example example, Price price) {
        if (!example.quantity().isContainerNode()) {
            throw new RatingException("Buckets need several quantities, not %s".formatted(example.quantity()));
        }
        Rated sum = Rated.NOTHING;
        for (JsonNode quantity : example.quantity()) {
            sum = sum.plus(price.rate(usage(quantity, 0)));
        }
        return sum;
    }

    private static RatedExample units(Example example, Inputs params) {
        BigDecimal billed = params.take(BILLED);
        Inputs quantities = new Inputs(example.quantity());
        ExampleModel graduated = ExampleModel.of("graduated");
        Rated sum = Rated.NOTHING;
        for (JsonNode node : example.tiers()) {
            Fields unit = new Fields(node, "The unit");
            Price price = ExamplePrice.read(graduated, unit.node("tiers"), params);
            sum = sum.plus(price.rate(Usage.of(quantities.take(unit.text("unit")))));
            unit.finish();
        }
        quantities.requireEmpty();
        return RatedExample.of(sum.less(BILLED, billed), Rounding.EXACT, Optional.empty());
    }

    private static Usage usage(JsonNode quantity, long events) {
        return new Usage(Inputs.decimal(quantity), events);
    }
}
