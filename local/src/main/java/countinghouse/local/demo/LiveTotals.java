package countinghouse.local.demo;

import com.fasterxml.jackson.databind.JsonNode;
import countinghouse.metering.row.Decimals;
import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Totals over all accounts and all time, per meter, as the public API gives them. */
public final class LiveTotals {
    private static final int HEADLINE_METERS = 4;

    private final ApiClient api;
    private final List<String> meters;

    public LiveTotals(ApiClient api, List<String> meters) {
        this.api = api;
        this.meters = meters;
    }

    /** The total of each meter now, in the order of the meters. */
    public Map<String, BigDecimal> byMeter() {
        Map<String, BigDecimal> totals = new LinkedHashMap<>();
        for (String meter : meters) {
            totals.put(meter, total(meter));
        }
        return totals;
    }

    /** One number over all meters: any wrong row anywhere changes it. */
    public BigDecimal sum() {
        return byMeter().values().stream().reduce(BigDecimal.ZERO, BigDecimal::add);
    }

    /** The first few totals in a line, for people. */
    String headline() {
        return byMeter().entrySet().stream()
                .filter(entry -> entry.getValue().signum() > 0)
                .limit(HEADLINE_METERS)
                .map(entry -> "%s %s".formatted(entry.getKey(), Decimals.text(entry.getValue())))
                .collect(Collectors.joining(", "));
    }

    private BigDecimal total(String meter) {
        BigDecimal total = BigDecimal.ZERO;
        for (JsonNode row : api.get("/api/v1/meters/" + meter + "/query").path("data")) {
            total = total.add(row.get("value").decimalValue());
        }
        return total;
    }
}
