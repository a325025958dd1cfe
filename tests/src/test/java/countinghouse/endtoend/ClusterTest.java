package countinghouse.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import countinghouse.bench.batch.BatchStage;
import countinghouse.bench.batch.answer.RowDigest.OfMeter;
import countinghouse.bench.batch.child.Assignment;
import countinghouse.bench.batch.child.Outcome.Measured;
import countinghouse.bench.batch.workload.TicketDays;
import countinghouse.bench.batch.workload.TicketOracle;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The batch layer's own jars, submitted as one submits any job to a cluster: a master and two workers, each a process of its own. */
class ClusterTest {
    private static final TicketDays DAYS = new TicketDays(11, 20_500, 2, 200);

    private static final List<String> QUICKLY = List.of("-XX:TieredStopAtLevel=1");

    @TempDir
    private Path folder;

    @Test
    void shouldCountOnAClusterWhatItCountsOnOneMachine() {
        try (BatchStage stage = BatchStage.start(folder.resolve("stage"));
                SparkCluster cluster = SparkCluster.start(folder.resolve("cluster"), stage.configuration())) {
            stage.run(assignment(stage, "archive", "one"), "1g", QUICKLY);
            Awaitility.await()
                    .atMost(Duration.ofMinutes(2))
                    .until(() -> cluster.status().path("aliveworkers").asInt() == 2);

            cluster.runHere("recompute", "--run-id", "one");
            cluster.submit("recompute", "--run-id", "one-again", "--full");

            assertThat(cluster.executorsStarted())
                    .as("executors in the folders of both workers")
                    .isEqualTo(2);
            Map<Integer, Map<String, OfMeter>> expected = new TreeMap<>();
            for (int day = 0; day < DAYS.days(); day++) {
                expected.put(
                        day,
                        new TicketOracle(DAYS).rows(DAYS.firstDay() + day, day).meters());
            }
            assertThat(rows(stage, "one")).isEqualTo(expected);
            assertThat(rows(stage, "one-again")).isEqualTo(expected);
        }
        assertThat(SparkCluster.processes(folder)).as("processes left behind").isEmpty();
    }

    private static Map<Integer, Map<String, OfMeter>> rows(BatchStage stage, String runId) {
        Map<Integer, Map<String, OfMeter>> byDay = new TreeMap<>();
        for (Measured day :
                stage.run(assignment(stage, "rows", runId), "1g", QUICKLY).measured()) {
            byDay.put(day.lookBackDays(), day.answer());
        }
        return byDay;
    }

    private static Assignment assignment(BatchStage stage, String task, String runId) {
        return Assignment.once(task, DAYS, runId, stage.newResult().toString());
    }
}
