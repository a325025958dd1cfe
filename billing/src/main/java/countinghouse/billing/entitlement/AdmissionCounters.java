package countinghouse.billing.entitlement;

import countinghouse.billing.plan.Limits;
import countinghouse.schemas.RedisKeys;
import io.lettuce.core.ClientOptions;
import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisException;
import io.lettuce.core.RedisURI;
import io.lettuce.core.ScriptOutputType;
import io.lettuce.core.SocketOptions;
import io.lettuce.core.TimeoutOptions;
import io.lettuce.core.api.StatefulRedisConnection;
import io.lettuce.core.api.sync.RedisCommands;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * The admission counters of every account in Redis: requests of the last minute, jobs of the quota day, jobs in flight with their leases. Each
 * method is one script, so that what it reads and writes belongs together. Redis's clock is the only one that counts.
 */
final class AdmissionCounters implements AutoCloseable {
    private static final Duration RETRY_DELAY = Duration.ofMillis(500);
    private static final LuaScript RESERVE = LuaScript.named("reserve");
    private static final LuaScript EXTEND = LuaScript.named("extend");
    private static final LuaScript RELEASE = LuaScript.named("release");

    private final EntitlementConfig config;
    private final RedisClient client;
    private StatefulRedisConnection<String, String> connection;
    private long nextAttemptNanos = System.nanoTime();

    AdmissionCounters(EntitlementConfig config) {
        this.config = config;
        this.client = RedisClient.create(RedisURI.create(config.redis()));
        client.setOptions(ClientOptions.builder()
                .autoReconnect(false)
                .disconnectedBehavior(ClientOptions.DisconnectedBehavior.REJECT_COMMANDS)
                .socketOptions(
                        SocketOptions.builder().connectTimeout(config.timeout()).build())
                .timeoutOptions(TimeoutOptions.enabled(config.timeout()))
                .build());
    }

    /**
     * Checks an account's limits and takes a place for a job.
     *
     * @throws CountersUnavailableException if Redis does not answer; the place may then be taken, until its lease ends
     */
    Reservation reserve(String account, String job, Limits limits, QuotaDay day) {
        String[] keys = {
            RedisKeys.admission(account, "requests"),
            RedisKeys.admission(account, "quota:" + day.date()),
            RedisKeys.admission(account, "jobs"),
            RedisKeys.admission(account, "events")
        };
        List<Object> reply = call(redis -> RESERVE.call(
                redis,
                ScriptOutputType.MULTI,
                keys,
                job,
                Integer.toString(limits.requestsPerMinute()),
                Long.toString(limits.dailyQuota().orElse(-1)),
                Integer.toString(limits.concurrentJobs()),
                Long.toString(config.reservation().toMillis()),
                Long.toString(day.end().toEpochMilli())));
        return new Reservation(
                Verdict.of((String) reply.get(0)),
                (Long) reply.get(1),
                (Long) reply.get(2),
                instant(reply.get(3)),
                Duration.ofMillis((Long) reply.get(4)),
                instant(reply.get(5)));
    }

    /**
     * Extends the lease of a job that is alive.
     *
     * @param at append time of the event that says so
     * @param running whether the job uses resources, so that it counts even if it was never admitted
     */
    void extend(String account, String job, Instant at, boolean running) {
        call(redis -> EXTEND.<Long>call(
                redis,
                ScriptOutputType.INTEGER,
                jobKeys(account),
                job,
                Long.toString(at.plus(config.lease()).toEpochMilli()),
                running ? "1" : "0",
                Long.toString(at.toEpochMilli())));
    }

    /** Frees the place of a job that ended. */
    void release(String account, String job, Instant at) {
        call(redis -> RELEASE.<Long>call(
                redis, ScriptOutputType.INTEGER, jobKeys(account), job, Long.toString(at.toEpochMilli())));
    }

    private static String[] jobKeys(String account) {
        return new String[] {RedisKeys.admission(account, "jobs"), RedisKeys.admission(account, "events")};
    }

    private <T> T call(Function<RedisCommands<String, String>, T> script) {
        try {
            return script.apply(connection().sync());
        } catch (RedisException e) {
            throw new CountersUnavailableException("Redis at %s does not answer".formatted(config.redis()), e);
        }
    }

    private synchronized StatefulRedisConnection<String, String> connection() {
        if (connection != null && connection.isOpen()) {
            return connection;
        }
        if (System.nanoTime() - nextAttemptNanos < 0) {
            throw new CountersUnavailableException(
                    "Redis at %s was not reachable a moment ago".formatted(config.redis()), null);
        }
        try {
            connection = client.connect();
            return connection;
        } catch (RedisException e) {
            nextAttemptNanos = System.nanoTime() + RETRY_DELAY.toNanos();
            throw e;
        }
    }

    private static Optional<Instant> instant(Object epochMs) {
        return Optional.of((Long) epochMs).filter(ms -> ms > 0).map(Instant::ofEpochMilli);
    }

    @Override
    public synchronized void close() {
        if (connection != null) {
            connection.close();
        }
        client.shutdown(Duration.ZERO, config.timeout());
    }
}
