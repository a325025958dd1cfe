package countinghouse.ingestion.source;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * An event of a simulated system, with what its generator knows about it.
 *
 * @param id CloudEvents id
 * @param source CloudEvents source
 * @param type CloudEvents type
 * @param account CloudEvents subject
 * @param time event time
 * @param data CloudEvents data
 * @param counts what the event itself counts for; empty if no meter wants it
 * @param ads for each ad in the event's {@code ad_views}, what it counts for
 */
public record SourceEvent(
        String id,
        String source,
        String type,
        String account,
        Instant time,
        Map<String, Object> data,
        List<Contribution> counts,
        List<List<Contribution>> ads) {
    /** The same event at another time. */
    SourceEvent at(Instant otherTime) {
        return new SourceEvent(id, source, type, account, otherTime, data, counts, ads);
    }

    /** The CloudEvent as its members; a copy that the caller may change. */
    Map<String, Object> members() {
        Map<String, Object> members = new LinkedHashMap<>();
        members.put("specversion", "1.0");
        members.put("id", id);
        members.put("source", source);
        members.put("type", type);
        members.put("subject", account);
        members.put("time", time.toString());
        members.put("datacontenttype", "application/json");
        members.put("data", data);
        return members;
    }
}
