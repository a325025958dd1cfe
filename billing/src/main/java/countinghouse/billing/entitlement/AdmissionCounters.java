package countinghouse.billing.entitlement;

import countinghouse.billing.plan.Limits;
import countinghouse.schemas.RedisKeys;
import io.lettuce.core.RedisException;
import io.lettuce.core.ScriptOutputType;
import io.lettuce.core.api.sync.RedisScriptingCommands;
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
    private static final LuaScript RESERVE = LuaScript.named("reserve");
    private static final LuaScript EXTEND = LuaScript.named("extend");
    private static final LuaScript RELEASE = LuaScript.named("release");

    private final EntitlementConfig config;
    private final AdmissionConnection connection;

    AdmissionCounters(EntitlementConfig config) {
        this.config = config;
        this.connection = new AdmissionConnection(config.redis(), config.timeout());
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

    private <T> T call(Function<RedisScriptingCommands<String, String>, T> script) {
        try {
            return script.apply(connection.scripts());
        } catch (RedisException e) {
            throw new CountersUnavailableException("Redis at %s does not answer".formatted(config.redis()), e);
        }
    }

    private static Optional<Instant> instant(Object epochMs) {
        return Optional.of((Long) epochMs).filter(ms -> ms > 0).map(Instant::ofEpochMilli);
    }

    @Override
    public void close() {
        connection.close();
    }
}
