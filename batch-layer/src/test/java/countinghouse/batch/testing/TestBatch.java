package countinghouse.batch.testing;

import static org.assertj.core.api.Assertions.assertThat;

import countinghouse.metering.schedule.CountingSchedule;
import countinghouse.testing.command.CommandOutcome;
import java.time.Duration;
import org.awaitility.Awaitility;
import redis.clients.jedis.Jedis;

/** Events, a speed layer that agrees with the batch layer, and runs that publish. */
public final class TestBatch implements AutoCloseable {
    private final TestPlatform platform;
    private final EventFeed feed;
    private final SpeedOracle oracle;
    private int nextId;

    public TestBatch(TestPlatform platform) {
        this.platform = platform;
        this.feed = new EventFeed(platform.bootstrapServers());
        this.oracle =
                new SpeedOracle(platform.bootstrapServers(), TestPlatform.BUCKET_WIDTH, CountingSchedule.standard());
    }

    /** Sends events of every type, each twice. */
    public void send(int events) {
        feed.send(nextId, events);
        nextId += events;
    }

    /** Sends two views of the same video by a person. */
    public void sendViewsBy(String person) {
        feed.sendViewsBy(person);
    }

    /** Seals when the buckets of everything sent so far have ended. */
    public void seal(String runId) {
        long sentBy = System.currentTimeMillis();
        Awaitility.await()
                .atMost(Duration.ofSeconds(5))
                .until(() -> System.currentTimeMillis() > sentBy + 2 * TestPlatform.BUCKET_WIDTH.toMillis());
        assertThat(Batch.run("seal", "--run-id", runId).status()).isZero();
        try (Jedis redis = platform.redis()) {
            oracle.write(redis);
        }
    }

    /** Seals, archives, counts and publishes. */
    public void publish(String runId, String... options) {
        seal(runId);
        String[] arguments = new String[options.length + 3];
        arguments[0] = "run";
        arguments[1] = "--run-id";
        arguments[2] = runId;
        System.arraycopy(options, 0, arguments, 3, options.length);
        CommandOutcome run = Batch.run(arguments);
        assertThat(run.status()).as(run.errors()).isZero();
    }

    @Override
    public void close() {
        feed.close();
    }
}
