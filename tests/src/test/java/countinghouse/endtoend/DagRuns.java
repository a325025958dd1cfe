package countinghouse.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import countinghouse.airflow.Airflow;
import countinghouse.kit.config.Settings;
import countinghouse.local.distribution.Distribution;
import countinghouse.local.state.StateDirectory;
import java.io.IOException;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.StringSerializer;

/** Runs DAGs in a real Airflow, whose tasks run real commands on a platform. */
final class DagRuns {
    private final Airflow airflow;
    private final Countinghouse countinghouse;

    private DagRuns(Airflow airflow, Countinghouse countinghouse) {
        this.airflow = airflow;
        this.countinghouse = countinghouse;
    }

    /** Skips the test if there is no Python to install Airflow with. */
    static DagRuns on(Countinghouse countinghouse, Path home) throws IOException, InterruptedException {
        Airflow airflow = Airflow.at(home);
        airflow.migrate();
        return new DagRuns(airflow, countinghouse);
    }

    /**
     * Runs a DAG to its end by {@code airflow dags test}.
     *
     * @param date the DAG run's logical date, from which tasks make their run ids
     * @param environment that the tasks' commands see besides
     * @return each task as {@code task state tries}
     */
    List<String> test(String dag, String date, Map<String, String> environment, String... options)
            throws IOException, InterruptedException {
        Map<String, String> all = new HashMap<>(environment);
        all.put("COUNTINGHOUSE_STATE", countinghouse.state().toString());
        all.put(
                "COUNTINGHOUSE_PROGRAM",
                Distribution.ofProcess().root().resolve("bin/countinghouse").toString());
        List<String> arguments = new ArrayList<>(List.of("dags", "test", dag, date));
        arguments.addAll(List.of(options));
        Airflow.Ended ended = airflow.airflow(all, arguments.toArray(String[]::new));
        List<String> tasks = airflow.tasks(dag);
        boolean succeeded = !tasks.isEmpty() && tasks.stream().allMatch(task -> task.contains(" success "));
        assertThat(ended.status() == 0).as("%s%n%s", tasks, ended.output()).isEqualTo(succeeded);
        return tasks;
    }

    /** Runs a night whose archive has a record that is none, where not one may be. */
    void assertNightStopsAtTheGate(LocalDate day) throws Exception {
        sendWhatIsNoEvent();

        List<String> tasks =
                test("nightly_counts", day + "T00:30:00", Map.of("COUNTINGHOUSE_GATE_MINIMUM_VALID_SHARE", "1"));

        assertThat(tasks)
                .containsExactly(
                        "archive success 1",
                        "gate_counts upstream_failed 0",
                        "gate_raw failed 1",
                        "notify upstream_failed 0",
                        "publish upstream_failed 0",
                        "recompute upstream_failed 0",
                        "reconcile upstream_failed 0",
                        "seal success 1");
    }

    private void sendWhatIsNoEvent() throws Exception {
        Settings settings =
                Settings.ofFile(StateDirectory.at(countinghouse.state()).configuration());
        try (KafkaProducer<String, String> producer = new KafkaProducer<>(
                Map.of("bootstrap.servers", settings.text("kafka.bootstrap-servers")),
                new StringSerializer(),
                new StringSerializer())) {
            producer.send(new ProducerRecord<>("events.view", "studio", "no event"))
                    .get(30, TimeUnit.SECONDS);
        }
    }
}
