package countinghouse.speed.projector;

import countinghouse.schemas.RedisKeys;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import redis.clients.jedis.Response;
import redis.clients.jedis.UnifiedJedis;

/** What readers of Redis are told: which epoch to use, whether it has every row, from which bucket on, and what has just changed. */
final class StateWords {
    private static final String OLDEST_BUCKET_FIELD = "oldest-bucket";
    private static final String EVERYTHING_HELD = "0";

    private final RedisCalls calls;
    private final UnifiedJedis redis;
    private final long epoch;

    StateWords(RedisCalls calls, long epoch) {
        this.calls = calls;
        this.redis = calls.direct();
        this.epoch = epoch;
    }

    /** Says what must be said before the first row is written, unless it was said before. */
    void begin() {
        if (!redis.exists(RedisKeys.accounts(epoch))) {
            // Rows of a build that kept no totals would never be part of them.
            redis.set(RedisKeys.LAYOUT, RedisKeys.LAYOUT_TOTALS);
        }
        redis.setnx(RedisKeys.EPOCH, Long.toString(epoch));
        redis.setnx(RedisKeys.SPEED_FLOOR, EVERYTHING_HELD);
    }

    /** The epoch that readers use. */
    long readersEpoch() {
        return Long.parseLong(Optional.ofNullable(redis.get(RedisKeys.EPOCH)).orElse("0"));
    }

    /** Makes this epoch the one that readers use, unless that is a newer one. */
    void turnReadersHere() {
        calls.run(LuaScript.RAISE_NUMBER, List.of(RedisKeys.EPOCH), List.of(Long.toString(epoch)));
    }

    /** What {@code ch:state} says; empty if nothing. */
    String state() {
        return Optional.ofNullable(redis.get(RedisKeys.STATE)).orElse("");
    }

    /** Says that every row is there, if the state still is what it was. A projector that slept must not promise for others. */
    boolean sayLive(String stateBefore) {
        Object replaced =
                calls.run(LuaScript.REPLACE_TEXT, List.of(RedisKeys.STATE), List.of(stateBefore, RedisKeys.STATE_LIVE));
        return Long.valueOf(1).equals(replaced);
    }

    void sayRebuilding(int percent) {
        redis.set(RedisKeys.STATE, RedisKeys.STATE_REBUILDING + "|" + percent);
    }

    /** Tells readers that rows below a bucket are about to be deleted. */
    void raiseFloor(long floorMs) {
        calls.run(LuaScript.RAISE_NUMBER, List.of(RedisKeys.SPEED_FLOOR), List.of(Long.toString(floorMs)));
    }

    long floorMs() {
        return Long.parseLong(
                Optional.ofNullable(redis.get(RedisKeys.SPEED_FLOOR)).orElse(EVERYTHING_HELD));
    }

    /** The oldest bucket that ever had a row; empty if none is recorded. */
    Optional<Long> oldestBucketMs() {
        return Optional.ofNullable(redis.hget(RedisKeys.projector(epoch), OLDEST_BUCKET_FIELD))
                .map(Long::valueOf);
    }

    void recordOldestBucket(long bucketMs) {
        redis.hset(RedisKeys.projector(epoch), OLDEST_BUCKET_FIELD, Long.toString(bucketMs));
    }

    void announce(List<String> hints) {
        calls.together(pipeline -> {
            List<Response<?>> replies = new ArrayList<>();
            hints.forEach(hint -> replies.add(pipeline.publish(RedisKeys.LIVE_CHANNEL, hint)));
            return replies;
        });
    }
}
