package countinghouse.bench.batch.report;

import static org.assertj.core.api.Assertions.assertThat;

import countinghouse.bench.batch.report.BatchReport.Sample;
import countinghouse.bench.batch.workload.TicketDays;
import countinghouse.bench.speed.report.Machine;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class BatchReportTest {
    private static final TicketDays DAY = new TicketDays(1, 20_454, 1, 1000);
    private static final List<Sample> SAMPLES = List.of(
            sample("ours", 0, 1, 3),
            sample("duckdb", 0, 1, 2),
            sample("ours", 0, 2, 1),
            sample("ours", 0, 3, 1.5),
            sample("ours", 1, 1, 1),
            sample("ours", 36, 1, 2.5),
            sample("ours", 80, 1, 2.5));

    @Test
    void shouldKeepEverySampleAndJudgeTheMedians() {
        BatchReport report = report(true);

        assertThat(report.samples()).isEqualTo(SAMPLES);
        assertThat(report.summaries().get(0).samples()).isEqualTo(3);
        assertThat(report.summaries().get(0).cpuSeconds().median()).isEqualTo(1.5);
        assertThat(report.aims())
                .containsExactly(
                        new Aim("ours / duckdb, one day", 0.75, 1, true),
                        new Aim("36 days of history / 1 day", 2.5, 2, false),
                        new Aim("80 days of history / 36 days", 1, 1.15, true));
        assertThat(BatchText.of(report)).contains("| 36 days of history / 1 day | 2.50 | <= 2.00 | missed |");
    }

    @Test
    void shouldJudgeNoFigureThatMeansNothing() {
        assertThat(report(false).aims()).isEmpty();
    }

    private static BatchReport report(boolean isJudged) {
        Machine machine = Machine.now("not used");
        return BatchReport.of(Instant.EPOCH, machine, DAY, DAY, SAMPLES, Map.of("seed", "1"), isJudged);
    }

    private static Sample sample(String contestant, int historyDays, int number, double cpuSeconds) {
        return new Sample(
                contestant, "read, dedup and count", historyDays, number, DAY.recordsPerDay(), 1, cpuSeconds, 9, 100);
    }
}
