package countinghouse.ingestion.source;

import java.time.Instant;
import java.util.Map;

/**
 * A simulated view, and what its generator knows of it. Nothing of the label is in the event.
 *
 * @param arrival when the broker appends it
 * @param id CloudEvents id
 * @param source CloudEvents source
 * @param account CloudEvents subject
 * @param time event time
 * @param data CloudEvents data
 * @param label who is behind it
 * @param billable whether it is to be paid for
 */
public record LabelledView(
        Instant arrival,
        String id,
        String source,
        String account,
        Instant time,
        Map<String, Object> data,
        TrafficClass label,
        boolean billable) {}
