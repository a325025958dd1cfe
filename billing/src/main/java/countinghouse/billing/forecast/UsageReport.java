package countinghouse.billing.forecast;

import countinghouse.billing.TimeRange;
import countinghouse.billing.plan.Tier;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * How an account stands in a period that need not have ended. Every amount is an estimate: money comes from closed generations only.
 *
 * @param account whose
 * @param tier in force at {@code asOf}
 * @param plan reference of the version in force then
 * @param period event time
 * @param asOf through when usage is known
 * @param live whether the speed layer's counts are in it
 * @param missing what the counts lack
 * @param currency of the amounts
 * @param amountSoFar fixed amounts of the whole period, and usage through {@code asOf}
 * @param amountForecast of the whole period, if usage goes on so
 * @param meters priced by the plan
 * @param suggestion a better tier
 */
public record UsageReport(
        String account,
        Tier tier,
        String plan,
        TimeRange period,
        Instant asOf,
        boolean live,
        List<Lack> missing,
        String currency,
        BigDecimal amountSoFar,
        BigDecimal amountForecast,
        List<MeterUsage> meters,
        Optional<UpgradeSuggestion> suggestion)
        implements Estimate {
    /** The report as JSON. */
    public Map<String, Object> toJson() {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("account", account);
        json.put("tier", tier.label());
        json.put("plan", plan);
        putEstimate(json);
        json.put("meters", meters.stream().map(MeterUsage::toJson).toList());
        suggestion.ifPresent(better -> json.put("suggestion", better.toJson()));
        return json;
    }
}
