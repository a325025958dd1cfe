package countinghouse.airflow;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Runs the DAGs' own tests in a real Airflow 3. */
class AirflowDagsTest {
    @TempDir
    private Path home;

    @Test
    void shouldPassTheDagsOwnTestsInARealAirflow() throws Exception {
        String tests = Airflow.at(home).pytest(Airflow.DAGS.resolve("tests"));

        assertThat(tests).containsPattern("\\d+ passed").doesNotContain("skipped");
    }
}
