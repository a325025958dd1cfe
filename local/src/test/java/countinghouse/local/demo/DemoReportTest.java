package countinghouse.local.demo;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.JsonNode;
import countinghouse.kit.command.CommandFailure;
import countinghouse.kit.http.Json;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DemoReportTest {
    private static final BigDecimal TOTAL = new BigDecimal("123.5");
    private static final DemoReport GOOD = new DemoReport(
            100,
            95,
            5,
            10,
            107,
            90,
            10,
            5,
            5,
            0,
            2,
            TOTAL,
            TOTAL,
            TOTAL,
            TOTAL,
            20,
            7,
            0,
            9,
            0,
            3,
            TOTAL,
            4,
            0,
            true,
            BigDecimal.TEN,
            1000);

    @Test
    void shouldFindNothingWhereEverythingAgrees() {
        assertThat(GOOD.disagreements()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "events_sent, 99, events_sent is 99",
        "archived, 106, archived is 106",
        "unmetered, 11, archived is 107",
        "duplicates_in_truth, 6, the truth's duplicates is 6",
        "total_during_publish_min, 123, total_during_publish_min is 123",
        "total_during_publish_max, 124, total_during_publish_max is 124",
        "total_after_publish, 122, total_after_publish is 122",
        "reconcile_mismatches, 1, reconcile_mismatches is 1",
        "truth_mismatches, 1, truth_mismatches is 1",
        "lines_failed, 1, lines_failed is 1",
        "reconcile_rows, 0, nothing was proven",
        "truth_rows_compared, 0, nothing was proven",
        "lines_verified, 0, nothing was proven",
        "reads_during_publish, 19, reads_during_publish is 19",
        "audit_ok, false, the audit ledger does not verify"
    })
    void shouldNameWhatDisagrees(String figure, String value, String message) throws IOException {
        DemoReport report = with(figure, value);
        assertThat(report.disagreements()).anySatisfy(found -> assertThat(found).contains(message));
    }

    @Test
    void shouldWriteEveryFigureAndFailWithOneLineIfAnythingDisagrees(@TempDir Path folder) throws IOException {
        Path file = folder.resolve("report.json");
        ByteArrayOutputStream printed = new ByteArrayOutputStream();
        ReportFile.conclude(GOOD, file, new PrintStream(printed, true, UTF_8));
        assertThat(printed.toString(UTF_8)).contains("truth_rows_compared").contains("Everything agrees.");
        JsonNode json = Json.mapper().readTree(Files.readString(file));
        assertThat(json.size()).isEqualTo(27);
        assertThat(json.get("total_before_publish").decimalValue()).isEqualByComparingTo(TOTAL);
        assertThatThrownBy(() ->
                        ReportFile.conclude(with("lines_failed", "2"), file, new PrintStream(printed, true, UTF_8)))
                .isInstanceOfSatisfying(
                        CommandFailure.class,
                        failure -> assertThat(failure.exitCode().status()).isEqualTo(1))
                .hasMessageContaining("lines_failed is 2")
                .hasMessageNotContaining("\n");
    }

    @Test
    void shouldRefuseAReportThatCannotBeWrittenBeforeTheWorkBegins(@TempDir Path folder) {
        ReportFile.requireWritable(null);
        ReportFile.requireWritable(folder.resolve("r.json"));
        assertThatThrownBy(() -> ReportFile.requireWritable(folder.resolve("no/such/r.json")))
                .isInstanceOf(CommandFailure.class);
        assertThatThrownBy(() -> ReportFile.requireWritable(folder)).isInstanceOf(CommandFailure.class);
    }

    private static DemoReport with(String figure, String value) throws IOException {
        Map<String, Object> figures = Json.mapper().convertValue(GOOD, new TypeReference<Map<String, Object>>() {});
        figures.put(figure, Json.mapper().readTree(value));
        return Json.mapper().convertValue(figures, DemoReport.class);
    }
}
