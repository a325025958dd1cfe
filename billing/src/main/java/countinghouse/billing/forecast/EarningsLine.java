package countinghouse.billing.forecast;

import countinghouse.billing.invoice.DocumentLine;
import countinghouse.billing.invoice.DocumentPreview;
import countinghouse.billing.invoice.MeteredEvidence;
import countinghouse.metering.row.Decimals;
import java.math.BigDecimal;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What an account earns by one item of the plan of pay-outs.
 *
 * @param item of the plan
 * @param description for people
 * @param metered what it is paid for, so far; empty for a fixed amount, and if there was nothing yet
 * @param soFar amount
 * @param forecast amount at the end of the period, if it goes on so
 */
public record EarningsLine(
        String item, String description, Optional<MeteredEvidence> metered, BigDecimal soFar, BigDecimal forecast) {
    /** The lines of the whole period, beside what they are now. */
    static List<EarningsLine> of(DocumentPreview soFar, DocumentPreview whole) {
        Map<String, DocumentLine> now = new HashMap<>();
        soFar.lines().forEach(line -> now.put(line.content().item(), line));
        return whole.lines().stream()
                .map(line -> {
                    Optional<DocumentLine> known =
                            Optional.ofNullable(now.get(line.content().item()));
                    return new EarningsLine(
                            line.content().item(),
                            line.content().description(),
                            known.flatMap(found -> found.content().metered()),
                            known.map(DocumentLine::amount).orElse(BigDecimal.ZERO),
                            line.amount());
                })
                .toList();
    }

    Map<String, Object> toJson() {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("item", item);
        json.put("description", description);
        metered.ifPresent(used -> {
            json.put("meter", used.meter());
            json.put("quantity", Decimals.text(used.quantity()));
        });
        json.put("amount", soFar.toPlainString());
        json.put("amountForecast", forecast.toPlainString());
        return json;
    }
}
