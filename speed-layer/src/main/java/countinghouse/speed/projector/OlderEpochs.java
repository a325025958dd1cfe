package countinghouse.speed.projector;

import countinghouse.schemas.RedisKeys;
import java.util.ArrayList;
import java.util.List;
import redis.clients.jedis.Response;
import redis.clients.jedis.UnifiedJedis;

/** What earlier epochs left in Redis, which no reader uses any more. */
final class OlderEpochs {
    private final RedisCalls calls;
    private final UnifiedJedis redis;
    private final AccountHashes hashes;
    private final long epoch;

    OlderEpochs(RedisCalls calls, AccountHashes hashes, long epoch) {
        this.calls = calls;
        this.redis = calls.direct();
        this.hashes = hashes;
        this.epoch = epoch;
    }

    /** Deletes everything of every epoch before this one; it may be called again at any time. */
    void delete() {
        for (long older = epoch - 1; older > 0; older--) {
            delete(older);
        }
    }

    /** The accounts last: who is interrupted finds what is left. */
    private void delete(long older) {
        AccountPages.forEach(
                redis,
                older,
                accounts -> calls.together(pipeline -> {
                    List<Response<?>> replies = new ArrayList<>();
                    accounts.forEach(account -> replies.add(pipeline.unlink(hashes.keys(account, older))));
                    return replies;
                }));
        new VideoIndex(calls, older).drop();
        redis.unlink(RedisKeys.progress(older));
        redis.unlink(RedisKeys.projector(older));
        redis.unlink(RedisKeys.accounts(older));
    }
}
