package countinghouse.billing;

import java.math.BigDecimal;
import java.util.Map;

/**
 * How many documents there are, and what they come to.
 *
 * @param documents number of them
 * @param byCurrency sum of their totals by currency code
 */
public record DocumentTotals(long documents, Map<String, BigDecimal> byCurrency) {
    public DocumentTotals {
        byCurrency = Map.copyOf(byCurrency);
    }
}
