package countinghouse.billing.rating.example;

import countinghouse.billing.rating.Rated;
import java.math.BigDecimal;
import java.util.Optional;

/**
 * An example as the engine rated it.
 *
 * @param amount rounded only if the example's model or parameters say so
 * @param working how it came about
 */
record RatedExample(BigDecimal amount, Rated working) {
    /**
     * An amount with its tax. Tax is on a whole number of cents, as on an invoice, unless the example rounds otherwise.
     *
     * @param taxPercent empty for none
     */
    static RatedExample of(Rated rated, Rounding rounding, Optional<BigDecimal> taxPercent) {
        return lessBilled(rated, rounding, taxPercent, BigDecimal.ZERO);
    }

    /** An amount less what was billed of it. The whole is rounded first, so that a residue of rounding is never owed. */
    static RatedExample lessBilled(Rated rated, Rounding rounding, Optional<BigDecimal> taxPercent, BigDecimal billed) {
        Rounding rule = taxPercent.isPresent() && rounding.scale().isEmpty() ? Rounding.CENTS : rounding;
        BigDecimal net = rule.of(rated.amount()).subtract(billed);
        Rated working = billed.signum() == 0 ? rated : rated.less("billed-before", billed);
        if (taxPercent.isEmpty()) {
            return new RatedExample(net, working);
        }
        BigDecimal tax = rule.of(net.multiply(taxPercent.get().movePointLeft(2)));
        return new RatedExample(net.add(tax), working.less("tax", tax.negate()));
    }
}
