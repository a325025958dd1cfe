package countinghouse.billing.forecast;

import countinghouse.billing.TimeRange;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What an account earns in a period that need not have ended. Every amount is an estimate: money comes from closed generations only.
 *
 * @param account whose
 * @param plan reference of the version by which the period is paid
 * @param period event time
 * @param asOf through when usage is known
 * @param live whether the speed layer's counts are in it
 * @param missing what the counts lack
 * @param currency of the amounts
 * @param amountSoFar of usage through {@code asOf}
 * @param amountForecast of the whole period, if usage goes on so
 * @param lines in the order of a statement's
 */
public record EarningsReport(
        String account,
        String plan,
        TimeRange period,
        Instant asOf,
        boolean live,
        List<Lack> missing,
        String currency,
        BigDecimal amountSoFar,
        BigDecimal amountForecast,
        List<EarningsLine> lines)
        implements Estimate {
    /** The report as JSON. */
    public Map<String, Object> toJson() {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("account", account);
        json.put("plan", plan);
        putEstimate(json);
        json.put("lines", lines.stream().map(EarningsLine::toJson).toList());
        return json;
    }
}
