package countinghouse.billing.plan;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;

/**
 * What loading a file did, or would do.
 *
 * @param load number of the load; empty if nothing was written
 * @param changes one for each version that was not loaded before
 * @param unchanged references of versions that are loaded already
 * @param kept references of loaded versions that the file does not have; they stay in force
 */
public record PlanLoadReport(OptionalLong load, List<PlanChange> changes, List<String> unchanged, List<String> kept) {
    /** The report as JSON. */
    public Map<String, Object> toJson() {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("loaded", load.isPresent());
        load.ifPresent(number -> json.put("load", number));
        json.put("changes", changes.stream().map(PlanChange::toJson).toList());
        json.put("unchanged", unchanged);
        json.put("kept", kept);
        return json;
    }
}
