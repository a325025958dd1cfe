package countinghouse.batch.gate;

import static org.assertj.core.api.Assertions.assertThat;

import countinghouse.batch.testing.Batch;
import countinghouse.batch.testing.EventFeed;
import countinghouse.batch.testing.Nights;
import countinghouse.batch.testing.TestPlatform;
import countinghouse.testing.command.CommandOutcome;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A producer goes wrong for a night; until its records are a small share again, a person has to look. */
class FailingNightsTest {
    private static final int EVENTS = 10;
    private static final int RUBBISH = 10;
    /** Sent twice, of every type: so many that the share of rubbish is below a hundredth. */
    private static final int EVENTS_OF_A_GOOD_NIGHT = 150;

    @TempDir
    static Path directory;

    @Test
    void shouldPublishNothingForThreeNightsAndEverythingInTheNextGoodOne() throws Exception {
        TestPlatform platform = TestPlatform.start(directory);
        Nights nights = new Nights(platform);
        try (platform;
                EventFeed feed = new EventFeed(platform.bootstrapServers())) {
            for (int i = 0; i < RUBBISH; i++) {
                feed.sendRubbish();
            }
            for (int night = 1; night <= 3; night++) {
                feed.send(night * EVENTS, EVENTS);
                String runId = "night-" + night;

                CommandOutcome run = nights.run(runId);

                assertThat(run.status()).as(run.errors()).isEqualTo(3);
                assertThat(run.errors()).contains("Gate raw failed, nothing is published", "records are decodable");
                assertThat(Batch.run("publish", "--run-id", runId).status()).isNotZero();
                assertThat(nights.number("SELECT count(*) FROM published.generation"))
                        .isZero();
            }
            feed.send(1_000, EVENTS_OF_A_GOOD_NIGHT);
            CommandOutcome good = nights.run("night-4");

            assertThat(good.status()).as(good.errors()).isZero();
            int views = 3 * EVENTS + EVENTS_OF_A_GOOD_NIGHT;
            assertThat(nights.number("SELECT sum(value)::bigint FROM published.batch_count WHERE meter = 'views'"))
                    .isEqualTo(views);
            assertThat(nights.number("SELECT sum(undecodable) FROM published.conservation"))
                    .isEqualTo(RUBBISH);
            assertThat(nights.number("""
                            SELECT sum(archived - counted - unmetered - duplicates - undecodable - ticks
                                - (SELECT coalesce(sum(value::bigint), 0) FROM jsonb_each_text(invalid))) FROM published.conservation""")).isZero();
            assertThat(nights.number("SELECT sum(counted + unmetered) FROM published.conservation"))
                    .isEqualTo(5L * views);
            assertThat(nights.number("SELECT sum(mismatches) FROM published.reconciliation WHERE run_id = 'night-4'"))
                    .isZero();
            assertMetricsAreKept(nights);
        }
    }

    /** What Deequ measured in each night, failed or not. */
    private static void assertMetricsAreKept(Nights nights) {
        String kept = "SELECT count(*) FROM published.quality_metric WHERE tags ->> 'gate' = '%s'";
        assertThat(nights.number(kept.formatted("raw"))).isEqualTo(4);
        assertThat(nights.number(kept.formatted("counts"))).isEqualTo(1);
        String decodable = """
                SELECT count(*) FROM published.quality_metric,
                    jsonb_path_query(result, '$[*].analyzerContext.metricMap[*] ? (@.analyzer.instance == "records are decodable").metric.value') AS share
                WHERE tags ->> 'gate' = 'raw' AND share::double precision %s 0.99""";
        assertThat(nights.number(decodable.formatted("<"))).isEqualTo(3);
        assertThat(nights.number(decodable.formatted(">="))).isEqualTo(1);
    }
}
