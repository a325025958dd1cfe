package countinghouse.billing.plan;

import com.fasterxml.jackson.databind.JsonNode;
import countinghouse.billing.plan.Limits.WhenUnavailable;
import java.util.OptionalLong;

/** Reads the limits of a plan, strictly. */
final class LimitsReader {
    private static final String UNLIMITED = "unlimited";

    private LimitsReader() {}

    static Limits read(JsonNode node, String where) {
        Fields fields = new Fields(node, where + " limits");
        Limits limits = new Limits(
                fields.integer("requests_per_minute"),
                quota(fields, where),
                fields.integer("concurrent_jobs"),
                whenUnavailable(fields.text("when_unavailable"), where));
        fields.finish();
        return limits;
    }

    private static OptionalLong quota(Fields fields, String where) {
        JsonNode quota = fields.node("daily_quota");
        if (quota.isIntegralNumber() && quota.canConvertToLong()) {
            return OptionalLong.of(quota.longValue());
        }
        if (UNLIMITED.equals(quota.asText())) {
            return OptionalLong.empty();
        }
        throw new PlanException("%s: 'daily_quota' is '%s'; it must be a whole number or '%s'"
                .formatted(where, quota.asText(), UNLIMITED));
    }

    private static WhenUnavailable whenUnavailable(String text, String where) {
        return switch (text) {
            case "allow" -> WhenUnavailable.ALLOW;
            case "deny" -> WhenUnavailable.DENY;
            default ->
                throw new PlanException(
                        "%s: 'when_unavailable' is '%s'; it must be allow or deny".formatted(where, text));
        };
    }
}
