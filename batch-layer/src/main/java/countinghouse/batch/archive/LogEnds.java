package countinghouse.batch.archive;

import countinghouse.kit.command.CommandFailure;
import countinghouse.kit.command.ExitCode;
import countinghouse.schemas.EventType;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.ListOffsetsResult.ListOffsetsResultInfo;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.TopicPartition;

/** Plans which offsets a run archives. */
final class LogEnds implements AutoCloseable {
    private static final int TIMEOUT_MS = 30_000;

    private final Admin admin;

    LogEnds(String bootstrapServers) {
        admin = Admin.create(Map.of(
                AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG,
                bootstrapServers,
                AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG,
                Integer.toString(TIMEOUT_MS),
                AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG,
                "10000"));
    }

    /** One range per partition that has anything new; each reaches beyond the partition's tick. */
    List<PartitionRange> ranges(EventType type, ArchiveProgress start, Map<Integer, Long> tickOffsets) {
        TopicDescription topic = await(
                admin.describeTopics(List.of(type.topic())).topicNameValues().get(type.topic()), type);
        String topicId = topic.topicId().toString();
        if (start.topicId() != null && !start.topicId().equals(topicId)) {
            throw new CommandFailure(
                    ExitCode.DISAGREED,
                    "Topic %s has id %s, but its archive is of id %s: the topic was deleted and created again; restore it, or start a new deployment"
                            .formatted(type.topic(), topicId, start.topicId()));
        }
        Map<TopicPartition, OffsetSpec> specs = new HashMap<>();
        tickOffsets
                .keySet()
                .forEach(partition -> specs.put(new TopicPartition(type.topic(), partition), OffsetSpec.latest()));
        Map<TopicPartition, ListOffsetsResultInfo> ends =
                await(admin.listOffsets(specs).all(), type);
        List<PartitionRange> ranges = new ArrayList<>();
        tickOffsets.forEach((partition, tickOffset) -> {
            long from = start.nextOffset(partition);
            long to = Math.max(
                    ends.get(new TopicPartition(type.topic(), partition)).offset(), tickOffset + 1);
            if (to > from) {
                ranges.add(new PartitionRange(type, partition, topicId, from, to, start.runningMaximumMs(partition)));
            }
        });
        return ranges;
    }

    private static <T> T await(KafkaFuture<T> future, EventType type) {
        try {
            return future.get(TIMEOUT_MS, TimeUnit.MILLISECONDS);
        } catch (ExecutionException | TimeoutException e) {
            throw new CommandFailure(
                    ExitCode.TEMPORARY,
                    "Cannot ask Kafka about %s: %s; check the broker, then run the same run id again"
                            .formatted(type.topic(), e.getMessage()),
                    e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CommandFailure(ExitCode.TEMPORARY, "Interrupted while planning the archive", e);
        }
    }

    @Override
    public void close() {
        admin.close(java.time.Duration.ofSeconds(5));
    }
}
