package countinghouse.kit.config;

/**
 * Where Kafka is and how its topics are laid out.
 *
 * @param bootstrapServers host:port list
 * @param partitions of every event topic
 * @param replicationFactor of every topic
 * @param minInsyncReplicas of every topic
 */
public record KafkaConfig(String bootstrapServers, int partitions, int replicationFactor, int minInsyncReplicas) {
    public static KafkaConfig from(Settings settings) {
        return new KafkaConfig(
                settings.text("kafka.bootstrap-servers"),
                settings.integer("kafka.partitions", 12),
                settings.integer("kafka.replication-factor", 3),
                settings.integer("kafka.min-insync-replicas", 2));
    }
}
