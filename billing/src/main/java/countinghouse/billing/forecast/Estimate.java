package countinghouse.billing.forecast;

import countinghouse.billing.TimeRange;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/** What every report on a period says that need not have ended: of which time, from which counts, and how much money so far and in the end. */
interface Estimate {
    TimeRange period();

    Instant asOf();

    boolean live();

    List<Lack> missing();

    String currency();

    BigDecimal amountSoFar();

    BigDecimal amountForecast();

    /** Appends these fields, in the order of the contract. */
    default void putEstimate(Map<String, Object> json) {
        json.put("from", period().from());
        json.put("to", period().to());
        json.put("asOf", asOf());
        json.put("status", "estimate");
        json.put("counts", live() ? "both layers" : "closed generations only");
        if (!missing().isEmpty()) {
            json.put("missing", missing().stream().map(Lack::text).toList());
            json.put("lacks", missing().stream().map(Lack::toJson).toList());
        }
        json.put("currency", currency());
        json.put("amountSoFar", amountSoFar().toPlainString());
        json.put("amountForecast", amountForecast().toPlainString());
        json.put("forecastMethod", "linear in elapsed time");
    }
}
