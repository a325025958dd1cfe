package countinghouse.billing.rating.example;

import countinghouse.billing.rating.Rated;
import java.math.BigDecimal;

/**
 * An example as the engine rated it.
 *
 * @param amount rounded only if the example's model or parameters say so
 * @param working how it came about
 */
record RatedExample(BigDecimal amount, Rated working) {}
