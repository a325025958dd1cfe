package countinghouse.billing.forecast;

import countinghouse.billing.plan.Tier;
import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A tier above the account's that would serve it better, if usage goes on so.
 *
 * @param tier suggested
 * @param reason why
 * @param costNow of the whole period by the present plan
 * @param costThen of the whole period by the suggested one
 */
public record UpgradeSuggestion(Tier tier, Reason reason, BigDecimal costNow, BigDecimal costThen) {
    /** Why another tier would serve better. */
    public enum Reason {
        /** It costs less. */
        CHEAPER("costs less for the same usage"),
        /** What is blocked now would be admitted. */
        UNBLOCKED("admits what the present plan blocks");

        private final String text;

        Reason(String text) {
            this.text = text;
        }
    }

    Map<String, Object> toJson() {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("tier", tier.label());
        json.put("reason", reason.text);
        json.put("costNow", costNow.toPlainString());
        json.put("costThen", costThen.toPlainString());
        json.put("saving", costNow.subtract(costThen).toPlainString());
        return json;
    }
}
