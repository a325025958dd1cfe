package countinghouse.batch.archive;

import countinghouse.kit.command.CommandFailure;
import countinghouse.kit.command.ExitCode;
import countinghouse.schemas.EventType;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;

/** Plans which offsets a run archives. */
final class LogEnds implements AutoCloseable {
    private static final Duration CLOSE_LIMIT = Duration.ofSeconds(5);

    private final Admin admin;

    LogEnds(String bootstrapServers) {
        admin = LogBounds.admin(bootstrapServers);
    }

    /** One range per partition that has anything new; each reaches beyond the partition's tick. */
    List<PartitionRange> ranges(EventType type, ArchiveProgress start, Map<Integer, Long> tickOffsets) {
        LogBounds log = LogBounds.of(admin, type);
        if (start.topicId() != null && !start.topicId().equals(log.topicId())) {
            throw new CommandFailure(
                    ExitCode.DISAGREED,
                    "Topic %s has id %s, but its archive is of id %s: the topic was deleted and created again; restore it, or start a new deployment"
                            .formatted(type.topic(), log.topicId(), start.topicId()));
        }
        List<PartitionRange> ranges = new ArrayList<>();
        tickOffsets.forEach((partition, tickOffset) -> {
            long from = start.nextOffset(partition);
            long to = Math.max(log.ends().getOrDefault(partition, 0L), tickOffset + 1);
            if (to > from) {
                ranges.add(new PartitionRange(
                        type, partition, log.topicId(), from, to, start.runningMaximumMs(partition)));
            }
        });
        return ranges;
    }

    @Override
    public void close() {
        admin.close(CLOSE_LIMIT);
    }
}
