package countinghouse.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;

/**
 * A month of a platform's operation by Airflow: each DAG once with {@code airflow dags test}. It takes minutes, most of them the start of a
 * command for each task; the default run has one night that a gate stops, on the day that {@link WholePathTest} has played.
 */
@EnabledIfSystemProperty(
        named = "countinghouse.full",
        matches = "true",
        disabledReason = "a month of a platform's operation takes minutes")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class DagsOnThePlatformTest {
    private static final LocalDate TODAY = LocalDate.now(ZoneOffset.UTC);

    @TempDir
    private static Path folder;

    private Countinghouse countinghouse;
    private DagRuns dags;

    @BeforeAll
    void start() throws Exception {
        countinghouse = new Countinghouse(folder.resolve("state"));
        dags = DagRuns.on(countinghouse, Files.createDirectories(folder.resolve("airflow")));
        succeed("up");
        succeed("send", "--source", "all", "--count", "2000", "--rate", "0");
    }

    @AfterAll
    void stop() {
        if (countinghouse != null) {
            succeed("down");
        }
    }

    @Test
    @Order(1)
    void shouldArchiveHourly() throws Exception {
        assertThat(dags.test("hourly_archive", TODAY + "T10:10:00", Map.of()))
                .containsExactly("archive success 1", "seal success 1");
        assertThat(generations()).isEmpty();
    }

    @Test
    @Order(2)
    void shouldPublishAtNightAndFindNothingMoreToDoWhenTheNightIsRunAgain() throws Exception {
        List<String> all = List.of(
                "archive success 1",
                "gate_counts success 1",
                "gate_raw success 1",
                "notify success 1",
                "publish success 1",
                "recompute success 1",
                "reconcile success 1",
                "seal success 1");
        assertThat(dags.test("nightly_counts", TODAY + "T00:30:00", Map.of())).isEqualTo(all);
        assertThat(generations()).hasSize(1);

        dags.test("nightly_counts", TODAY + "T00:30:00", Map.of());
        assertThat(generations()).as("the same run id publishes once").hasSize(1);
    }

    @Test
    @Order(3)
    void shouldStopBeforePublishWithoutAnotherTryWhenAGateFails() throws Exception {
        dags.assertNightStopsAtTheGate(TODAY.plusDays(1));

        assertThat(generations()).hasSize(1);
    }

    @Test
    @Order(4)
    void shouldTryATemporaryFailureThreeTimesMore() throws Exception {
        List<String> tasks = dags.test(
                "hourly_archive",
                TODAY + "T11:10:00",
                Map.of("COUNTINGHOUSE_BATCH_POSTGRES_URL", "jdbc:postgresql://127.0.0.1:1/nobody"));

        assertThat(tasks).containsExactly("archive upstream_failed 0", "seal failed 4");
    }

    @Test
    @Order(5)
    void shouldBackfillDays() throws Exception {
        List<String> tasks = dags.test(
                "backfill",
                TODAY + "T12:00:00",
                Map.of(),
                "--conf",
                "{\"from\": \"%s\", \"to\": \"%s\"}".formatted(TODAY.minusDays(1), TODAY.plusDays(1)));

        assertThat(tasks).hasSize(7).allMatch(task -> task.endsWith("success 1"));
        assertThat(generations()).hasSize(2);
    }

    @Test
    @Order(6)
    void shouldBillTheMonthBefore() throws Exception {
        YearMonth month = YearMonth.from(TODAY).minusMonths(1);
        succeed(
                "accounts",
                "set",
                "studio",
                "--tier",
                "pro",
                "--from",
                month.atDay(1).atStartOfDay(ZoneOffset.UTC).toInstant().toString());

        List<String> tasks = dags.test("monthly_billing", YearMonth.from(TODAY).atDay(3) + "T06:00:00", Map.of());

        assertThat(tasks).hasSize(6).allMatch(task -> task.endsWith("success 1"));
        JsonNode invoices = countinghouse
                .run("invoices", "--period", month.toString(), "--json")
                .json()
                .get("data");
        assertThat(invoices).hasSize(1);
        assertThat(invoices.get(0).get("status").asText()).isEqualTo("finalized");
        assertThat(countinghouse.run("audit", "verify", "--published").status()).isZero();
    }

    @Test
    @Order(7)
    void shouldCompactExpireBackUpAndProve() throws Exception {
        Path backups = folder.resolve("backups");

        List<String> tasks = dags.test(
                "maintenance",
                TODAY + "T02:00:00",
                Map.of("AIRFLOW_VAR_COUNTINGHOUSE_BACKUP_PLACE", backups.toString()));

        assertThat(tasks).hasSize(5).allMatch(task -> task.endsWith("success 1"));
        succeed("maintenance", "restore", "--from", backups.toString(), "--check");
    }

    private JsonNode generations() {
        return countinghouse.run("generations", "--json").json();
    }

    private void succeed(String... arguments) {
        Countinghouse.Ended ended = countinghouse.run(arguments);
        assertThat(ended.status()).as(ended.toString()).isZero();
    }
}
