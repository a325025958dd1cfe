package countinghouse.billing.forecast;

import countinghouse.metering.row.Decimals;
import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The usage of one item of the plan in force.
 *
 * @param item of the plan
 * @param meter that it prices
 * @param soFar quantity through {@link UsageReport#asOf}
 * @param forecast quantity at the end of the period, if it goes on so
 * @param included units of the plan; empty if it includes none
 * @param blockedAbove whether what is above them is blocked rather than charged
 */
public record MeterUsage(
        String item,
        String meter,
        BigDecimal soFar,
        BigDecimal forecast,
        Optional<BigDecimal> included,
        boolean blockedAbove) {
    Map<String, Object> toJson() {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("item", item);
        json.put("meter", meter);
        json.put("quantity", Decimals.text(soFar));
        json.put("forecast", Decimals.text(forecast));
        included.ifPresent(units -> {
            json.put("included", Decimals.text(units));
            json.put("percentUsed", IncludedUsage.percent(soFar, units));
            json.put("percentForecast", IncludedUsage.percent(forecast, units));
            json.put("aboveIncluded", blockedAbove ? "blocked" : "charged");
            warning(units).ifPresent(text -> json.put("warning", text));
        });
        return json;
    }

    /** Whether the forecast goes beyond what is included. */
    boolean willExceed() {
        return included.filter(units -> forecast.compareTo(units) > 0).isPresent();
    }

    private Optional<String> warning(BigDecimal units) {
        int percent = IncludedUsage.percent(soFar, units);
        if (percent >= 100) {
            return Optional.of("100 % of the included units are used");
        }
        return percent >= 80 ? Optional.of("80 % of the included units are used") : Optional.empty();
    }
}
