package countinghouse.batch.testing;

import static org.assertj.core.api.Assertions.assertThat;

import countinghouse.metering.schedule.CountingSchedule;
import countinghouse.testing.command.CommandOutcome;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.awaitility.Awaitility;
import redis.clients.jedis.Jedis;

/** Batch runs on a test platform, each over all that was sent before it, with the speed layer's rows computed naively. */
public final class Nights {
    private final TestPlatform platform;
    private final SpeedOracle oracle;

    public Nights(TestPlatform platform) {
        this(platform, CountingSchedule.standard());
    }

    /** @param schedule by which the speed layer counts */
    public Nights(TestPlatform platform, CountingSchedule schedule) {
        this.platform = platform;
        this.oracle = new SpeedOracle(platform.bootstrapServers(), TestPlatform.BUCKET_WIDTH, schedule);
    }

    /** {@code batch run} after the buckets of what was sent have ended. */
    public CommandOutcome run(String runId, String... options) {
        seal(runId);
        writeSpeedRows();
        List<String> arguments = new ArrayList<>(List.of("run", "--run-id", runId));
        arguments.addAll(List.of(options));
        return Batch.run(arguments.toArray(String[]::new));
    }

    /** A seal closes only buckets that have ended, so the events' own must end first. */
    public void seal(String runId) {
        long sentBy = System.currentTimeMillis();
        Awaitility.await()
                .atMost(Duration.ofSeconds(60))
                .until(() -> System.currentTimeMillis() > sentBy + 2 * TestPlatform.BUCKET_WIDTH.toMillis());
        CommandOutcome sealed = Batch.run("seal", "--run-id", runId);
        assertThat(sealed.status()).as(sealed.errors()).isZero();
    }

    public void writeSpeedRows() {
        try (Jedis redis = platform.redis()) {
            oracle.write(redis);
        }
    }

    /** One step of a run, with its result as JSON. */
    public CommandOutcome step(String step, String runId) {
        return Batch.run(step, "--run-id", runId, "--json");
    }

    /** A number from PostgreSQL, asked directly. */
    public long number(String sql) {
        return platform.database()
                .jdbi()
                .withHandle(handle -> handle.createQuery(sql).mapTo(Long.class).one());
    }
}
