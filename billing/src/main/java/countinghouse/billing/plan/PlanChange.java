package countinghouse.billing.plan;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What loading one plan version changes.
 *
 * @param plan reference of the version
 * @param tier whom it is for; empty for pay-outs
 * @param effectiveFrom it prices what begins at this instant or later
 * @param before reference of the version that it takes over from; empty if there is none
 * @param changes of its parts against that version
 * @param affected accounts that have the tier at that instant; for pay-outs, all
 */
public record PlanChange(
        String plan,
        Optional<Tier> tier,
        Instant effectiveFrom,
        Optional<String> before,
        List<ItemChange> changes,
        AffectedAccounts affected) {
    /** The change as JSON, for people and for the ledger. */
    public Map<String, Object> toJson() {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("plan", plan);
        tier.ifPresent(value -> json.put("tier", value.label()));
        json.put("effectiveFrom", effectiveFrom.toString());
        before.ifPresent(value -> json.put("takesOverFrom", value));
        json.put("changes", changes.stream().map(PlanChange::toJson).toList());
        json.put("affectedAccounts", affected.count());
        json.put("examples", affected.examples());
        return json;
    }

    private static Map<String, Object> toJson(ItemChange change) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("part", change.part());
        change.before().ifPresent(text -> json.put("before", text));
        change.after().ifPresent(text -> json.put("after", text));
        return json;
    }
}
