package countinghouse.speed.projector;

import countinghouse.schemas.RedisKeys;
import countinghouse.schemas.Topics;
import countinghouse.speed.counts.Progress;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.common.TopicPartition;
import redis.clients.jedis.Response;
import redis.clients.jedis.UnifiedJedis;

/** How far the rows in Redis reach, and whether Redis still is the one that they were written to. */
final class ProjectedOffsets {
    private static final String RUN_ID_FIELD = "run-id";

    private final RedisNodes nodes;
    private final RedisCalls calls;
    private final UnifiedJedis redis;
    private final long epoch;
    private String identity;

    ProjectedOffsets(RedisNodes nodes, RedisCalls calls, long epoch) {
        this.nodes = nodes;
        this.calls = calls;
        this.redis = calls.direct();
        this.epoch = epoch;
        this.identity = nodes.identity();
    }

    /** Where to go on in the counts topic; empty if the rows are not known to hold all that lies before. */
    Optional<Map<TopicPartition, Long>> stored() {
        Map<String, String> stored = new HashMap<>(redis.hgetAll(RedisKeys.projector(epoch)));
        boolean kept = identity.equals(stored.get(RUN_ID_FIELD)) && RedisNodes.isMarked(identity);
        // What else is stored there is not named by a number.
        stored.keySet().removeIf(field -> !field.matches("\\d+"));
        if (!kept || stored.isEmpty()) {
            return Optional.empty();
        }
        Map<TopicPartition, Long> offsets = new HashMap<>();
        stored.forEach((partition, offset) -> offsets.put(
                new TopicPartition(Topics.usageCounts(epoch), Integer.parseInt(partition)), Long.valueOf(offset)));
        return Optional.of(offsets);
    }

    /** Forgets how far the rows reach, before they are written from the beginning again. */
    void forget() {
        redis.del(RedisKeys.projector(epoch));
        nodes.mark();
        identity = nodes.identity();
    }

    /**
     * Makes sure that every row that was written is still there.
     *
     * @throws RowsLostException if that is not certain
     */
    void requireKept() {
        String now = nodes.identity();
        if (!now.equals(identity)) {
            throw new RowsLostException(
                    "Redis was replaced, promoted or flushed (it was %s and is %s)".formatted(identity, now));
        }
    }

    /** How far the rows reach in the events: {@code topic-partition} to the next offset of that source. */
    Map<String, Long> progress() {
        Map<String, Long> progress = new HashMap<>();
        redis.hgetAll(RedisKeys.progress(epoch))
                .forEach((source, reached) ->
                        progress.put(source, Long.valueOf(reached.substring(0, reached.indexOf('|')))));
        return progress;
    }

    /** Records how far the rows reach; only after {@link RedisRows#write} returned. */
    void record(Map<TopicPartition, Progress> progress, Map<TopicPartition, Long> nextOffsets) {
        Map<String, String> reached = new HashMap<>();
        progress.forEach(
                (source, made) -> reached.put(source.toString(), made.nextOffset() + "|" + made.runningMaximumMs()));
        Map<String, String> offsets = new HashMap<>();
        nextOffsets.forEach(
                (partition, offset) -> offsets.put(Integer.toString(partition.partition()), Long.toString(offset)));
        offsets.put(RUN_ID_FIELD, identity);
        calls.together(pipeline -> {
            // Merged like rows: a projector that slept must not take progress back.
            List<Response<?>> replies =
                    new ArrayList<>(calls.mergeFields(pipeline, RedisKeys.progress(epoch), reached));
            replies.add(pipeline.hset(RedisKeys.projector(epoch), offsets));
            return replies;
        });
    }

    /** Up to which offset of a partition the rows are in Redis; 0 if that is not recorded. */
    long recorded(TopicPartition partition) {
        String offset = redis.hget(RedisKeys.projector(epoch), Integer.toString(partition.partition()));
        return offset == null ? 0 : Long.parseLong(offset);
    }
}
