package countinghouse.batch.archive;

import countinghouse.kit.command.CommandFailure;
import countinghouse.kit.command.ExitCode;
import countinghouse.schemas.EventType;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.TopicPartitionInfo;

/**
 * What the broker holds of one event topic.
 *
 * @param topicId of the topic
 * @param starts first offset by partition
 * @param ends next offset by partition
 */
public record LogBounds(String topicId, Map<Integer, Long> starts, Map<Integer, Long> ends) {
    private static final int TIMEOUT_MS = 30_000;

    /** Asks the broker about every event topic. */
    public static Map<EventType, LogBounds> ofEveryTopic(String bootstrapServers) {
        Map<EventType, LogBounds> bounds = new EnumMap<>(EventType.class);
        try (Admin admin = admin(bootstrapServers)) {
            for (EventType type : EventType.values()) {
                bounds.put(type, of(admin, type));
            }
        }
        return bounds;
    }

    static Admin admin(String bootstrapServers) {
        return Admin.create(Map.of(
                AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG,
                bootstrapServers,
                AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG,
                Integer.toString(TIMEOUT_MS),
                AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG,
                "10000"));
    }

    static LogBounds of(Admin admin, EventType type) {
        TopicDescription topic = await(
                admin.describeTopics(List.of(type.topic())).topicNameValues().get(type.topic()), type);
        return new LogBounds(
                topic.topicId().toString(),
                offsets(admin, type, topic, OffsetSpec.earliest()),
                offsets(admin, type, topic, OffsetSpec.latest()));
    }

    private static Map<Integer, Long> offsets(Admin admin, EventType type, TopicDescription topic, OffsetSpec which) {
        Map<TopicPartition, OffsetSpec> asked = new HashMap<>();
        for (TopicPartitionInfo partition : topic.partitions()) {
            asked.put(new TopicPartition(type.topic(), partition.partition()), which);
        }
        Map<Integer, Long> offsets = new HashMap<>();
        await(admin.listOffsets(asked).all(), type)
                .forEach((partition, offset) -> offsets.put(partition.partition(), offset.offset()));
        return offsets;
    }

    private static <T> T await(KafkaFuture<T> future, EventType type) {
        try {
            return future.get(TIMEOUT_MS, TimeUnit.MILLISECONDS);
        } catch (ExecutionException | TimeoutException e) {
            throw new CommandFailure(
                    ExitCode.TEMPORARY,
                    "Cannot ask Kafka about %s: %s; check the broker, then run the same again"
                            .formatted(type.topic(), e.getMessage()),
                    e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CommandFailure(ExitCode.TEMPORARY, "Interrupted while asking Kafka", e);
        }
    }
}
