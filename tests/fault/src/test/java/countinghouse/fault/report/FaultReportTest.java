package countinghouse.fault.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class FaultReportTest {
    @Test
    void shouldAgreeWhenEveryRowAgreesHoweverLateTheCountsWere() {
        FaultReport report = report(round("redis", 31, 301.0, 10, 0));
        assertThat(report.agreed()).isTrue();
        assertThat(report.totals().missedAims()).hasSize(3);
    }

    @Test
    void shouldNotAgreeWhenARowDiffers() {
        assertThat(report(round("redis", 1, 1.0, 10, 1)).agreed()).isFalse();
    }

    @Test
    void shouldNotAgreeWhenNothingWasKilledOrNothingCompared() {
        assertThat(report(round("redis", 1, 1.0, 10, 0), round(null, 1, 1.0, 10, 0))
                        .agreed())
                .isFalse();
        assertThat(report(round("redis", 1, 1.0, 0, 0)).agreed()).isFalse();
        assertThat(report().agreed()).isFalse();
    }

    @Test
    void shouldSayThatTheCountsNeverCaughtUp() {
        assertThat(report(round("speed", 1, null, 10, 3)).totals().missedAims())
                .singleElement()
                .asString()
                .contains("never caught up");
    }

    private static FaultReport report(Round... rounds) {
        return FaultReport.of("speed", 1, List.of(rounds), Map.of());
    }

    private static Round round(String killed, double restart, Double catchUp, long rows, long differences) {
        return new Round(
                1,
                killed,
                null,
                10L,
                11L,
                "counting",
                5,
                restart,
                restart,
                catchUp,
                rows,
                differences,
                List.of(),
                100,
                0);
    }
}
