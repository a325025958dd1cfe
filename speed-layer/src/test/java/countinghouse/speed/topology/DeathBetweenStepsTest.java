package countinghouse.speed.topology;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import countinghouse.kit.config.CountingConfig;
import countinghouse.kit.config.Settings;
import countinghouse.speed.epoch.ArchivedEnds;
import countinghouse.speed.process.SpeedApplication;
import countinghouse.speed.process.SpeedConfig;
import countinghouse.speed.testing.CommittedCounts;
import countinghouse.speed.testing.EventFeed;
import countinghouse.speed.topology.MortalProcessor.FlushedBy;
import countinghouse.testing.broker.TestBroker;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The counting dies at every step of its work on a real broker; the committed rows are the truth all the same. */
class DeathBetweenStepsTest {
    private static final Duration PATIENCE = Duration.ofMinutes(10);
    private static final int VIEWS_PER_BURST = 200;
    /** Every step once; the long form visits each ten times. */
    private static final int DEATHS = Boolean.getBoolean("countinghouse.full") ? 40 : 4;
    /** Nearly each of them loses something; all of them together are sure to. */
    private static final int DEATHS_OF_THE_CONTROL = 6;

    private static final long SEED = 20_261_010;

    @TempDir
    Path directory;

    @Test
    void shouldLoseNothingAndCountNothingTwiceAtWhateverStepTheTaskDies() throws Exception {
        assertThat(dieAndCompare(FlushedBy.COMMIT, DEATHS)).isTrue();
    }

    @Test
    void shouldCatchThatAPunctuatorsFlushIsNotAlignedWithCommits() throws Exception {
        assertThat(dieAndCompare(FlushedBy.PUNCTUATOR, DEATHS_OF_THE_CONTROL)).isFalse();
    }

    /** Whether the committed rows are the truth after every death of the plan. */
    private boolean dieAndCompare(FlushedBy flushedBy, int deaths) throws Exception {
        try (TestBroker broker = TestBroker.start(directory.resolve("kafka"));
                EventFeed feed = new EventFeed(broker.bootstrapServers());
                CommittedCounts counts = new CommittedCounts(broker.bootstrapServers())) {
            DeathPlan plan = new DeathPlan(SEED, deaths);
            try (SpeedApplication application = start(broker, plan, flushedBy)) {
                await().dontCatchUncaughtExceptions().atMost(PATIENCE).until(() -> {
                    feed.send(VIEWS_PER_BURST);
                    return plan.deathsLeft() == 0;
                });
                feed.send(VIEWS_PER_BURST);
                await().dontCatchUncaughtExceptions().atMost(PATIENCE).until(counts::coversAllViews);
                assertThat(application.problem()).isEmpty();
            }
            return counts.views().equals(feed.truth());
        }
    }

    private SpeedApplication start(TestBroker broker, DeathPlan plan, FlushedBy flushedBy) {
        CountingConfig counting =
                new CountingConfig(Duration.ofSeconds(2), Duration.ofMinutes(10), Duration.ofHours(2));
        SpeedConfig config = SpeedConfig.from(Settings.of(Map.of(
                "speed.commit-interval-ms", "50",
                "speed.transaction-timeout", "PT5S",
                "speed.state-directory", directory.resolve("streams").toString())));
        return SpeedApplication.start(
                broker.bootstrapServers(),
                config,
                counting,
                () -> MortalProcessor.topology(counting, plan, flushedBy),
                ArchivedEnds.none(),
                new SimpleMeterRegistry());
    }
}
