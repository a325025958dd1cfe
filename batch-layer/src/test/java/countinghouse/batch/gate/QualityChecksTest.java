package countinghouse.batch.gate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.amazon.deequ.repository.memory.InMemoryMetricsRepository;
import countinghouse.batch.run.Run;
import countinghouse.kit.command.CommandFailure;
import countinghouse.kit.command.ExitCode;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;

class QualityChecksTest {
    @Test
    void shouldNameEveryCheckThatFailsWithItsFigure() {
        try (SparkSession spark = SparkSession.builder()
                .master("local[1]")
                .config("spark.ui.enabled", "false")
                .config("spark.driver.host", "127.0.0.1")
                .config("spark.sql.shuffle.partitions", "1")
                .getOrCreate()) {
            GateVerdict verdict = new QualityChecks("sample")
                    .complete("a")
                    .complete("b")
                    .unique("a")
                    .unique("a", "c")
                    .satisfies("c is small", "c < 3", 1)
                    .satisfies("c is mostly small", "c < 3", 0.5)
                    .matches("b", "^x+$", "b IS NOT NULL", 1)
                    .verify(
                            "raw",
                            spark.sql("SELECT * FROM VALUES (1, 'x', 1), (1, 'xx', 2), (2, NULL, 3) AS t(a, b, c)"),
                            new InMemoryMetricsRepository(),
                            GateKey.of("raw", new Run(1, "run"), 0));

            assertThat(verdict.checks()).hasSize(4);
            assertThat(verdict.failures())
                    .hasSize(3)
                    .anySatisfy(failure -> assertThat(failure).contains("Completeness", "0.666"))
                    .anySatisfy(failure -> assertThat(failure).contains("c is small"))
                    .anySatisfy(failure -> assertThat(failure).contains("Uniqueness"));
            assertThatThrownBy(verdict::orFail)
                    .isInstanceOfSatisfying(CommandFailure.class, failure -> assertThat(failure.exitCode())
                            .isEqualTo(ExitCode.GATE_FAILED))
                    .hasMessageContaining("c is small");
        }
    }
}
