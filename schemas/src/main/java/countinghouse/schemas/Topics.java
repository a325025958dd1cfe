package countinghouse.schemas;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The topic catalogue: every topic, its partitions and its settings. Nothing is created outside it. */
public final class Topics {
    public static final String QUARANTINE = "events.quarantine";
    /** Absolute count rows: the changelog of the speed layer's store {@code counts} (ADR 0004). */
    public static final String USAGE_COUNTS = "speed-counts-changelog";
    /** The speed layer's de-duplication ids. */
    public static final String SPEED_IDS = "speed-ids-changelog";

    /** Which epochs of the speed layer there were; the last one committed is the current one (ADR 0023). */
    public static final String SPEED_EPOCHS = "speed.epochs";

    public static final String BILLING_ALERTS = "billing.alerts";
    public static final String AUDIT_ROOTS = "audit.roots";

    /** Header that makes a record a tick; its value is the sealed bucket's exclusive end in ms, as decimal digits. */
    public static final String TICK_HEADER = "ch-tick";
    /**
     * Header that a tick may carry besides: start in ms of the oldest ingest bucket that a generation one can roll back to does not
     * cover, as decimal digits. The speed layer drops the rows below it (ADR 0028).
     */
    public static final String FLOOR_HEADER = "ch-floor";

    public static final String CORRELATION_HEADER = "correlation-id";
    public static final String TRACE_HEADER = "traceparent";

    private static final long FIRST_EPOCH = 1;
    private static final String EVENT_RETENTION_MS =
            Long.toString(Duration.ofDays(7).toMillis());

    private Topics() {}

    /** A topic as it must exist; {@code config} holds only what differs from the broker's defaults. */
    public record Topic(String name, int partitions, short replicationFactor, Map<String, String> config) {}

    /** Every topic of the platform for a deployment's partition count, replication factor and min.insync.replicas. */
    public static List<Topic> catalogue(int partitions, short replicationFactor, int minInsyncReplicas) {
        String minInsync = Integer.toString(minInsyncReplicas);
        Map<String, String> event = Map.of(
                "cleanup.policy", "delete",
                "retention.ms", EVENT_RETENTION_MS,
                "message.timestamp.type", "LogAppendTime",
                "unclean.leader.election.enable", "false",
                "min.insync.replicas", minInsync);
        Map<String, String> compacted = compacted(minInsyncReplicas);
        Map<String, String> kept = Map.of(
                "cleanup.policy", "delete",
                "retention.ms", "-1",
                "unclean.leader.election.enable", "false",
                "min.insync.replicas", minInsync);
        List<Topic> topics = new ArrayList<>();
        for (EventType type : EventType.values()) {
            topics.add(new Topic(type.topic(), partitions, replicationFactor, event));
        }
        topics.add(new Topic(QUARANTINE, partitions, replicationFactor, event));
        topics.addAll(changelogs(FIRST_EPOCH, partitions, replicationFactor, minInsyncReplicas));
        topics.add(new Topic(SPEED_EPOCHS, 1, replicationFactor, compacted));
        topics.add(new Topic(BILLING_ALERTS, 1, replicationFactor, event));
        topics.add(new Topic(AUDIT_ROOTS, 1, replicationFactor, kept));
        return List.copyOf(topics);
    }

    /** The two changelogs of an epoch of the speed layer; those of the first are in the catalogue. */
    public static List<Topic> changelogs(long epoch, int partitions, short replicationFactor, int minInsyncReplicas) {
        Map<String, String> compacted = compacted(minInsyncReplicas);
        return List.of(
                new Topic(usageCounts(epoch), partitions, replicationFactor, compacted),
                new Topic(speedIds(epoch), partitions, replicationFactor, compacted));
    }

    /** The Streams application that counts in an epoch; its changelogs are named after it. */
    public static String speedApplication(long epoch) {
        return epoch == FIRST_EPOCH ? "speed" : "speed-" + epoch;
    }

    /** The topic of an epoch's absolute count rows. */
    public static String usageCounts(long epoch) {
        return speedApplication(epoch) + "-counts-changelog";
    }

    /** The topic of an epoch's de-duplication ids. */
    public static String speedIds(long epoch) {
        return speedApplication(epoch) + "-ids-changelog";
    }

    /** The settings of a topic that keeps the last value of each key. */
    public static Map<String, String> compacted(int minInsyncReplicas) {
        return Map.of(
                "cleanup.policy", "compact",
                "message.timestamp.type", "CreateTime",
                "unclean.leader.election.enable", "false",
                "min.insync.replicas", Integer.toString(minInsyncReplicas));
    }
}
