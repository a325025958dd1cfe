package countinghouse.serving.flow;

import java.time.Instant;
import java.util.List;

/**
 * The way of events at one moment.
 *
 * @param asOf when it was looked at
 * @param topics of events
 * @param quarantined records that the quarantine ever took
 * @param missing why live counts may be incomplete or cannot be read; null if nothing is wrong
 */
public record FlowSnapshot(Instant asOf, List<TopicFlow> topics, long quarantined, String missing) {}
