package countinghouse.bench;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class BatchTest {
    @Test
    void shouldRefuseAContestantThatDoesNotExist() {
        assertThat(BenchMain.run("batch", "--only", "abacus")).isEqualTo(2);
    }

    @Test
    void shouldRefuseToMeasureNothing() {
        assertThat(BenchMain.run("batch", "--events", "11")).isEqualTo(2);
        assertThat(BenchMain.run("batch", "--samples", "0")).isEqualTo(2);
    }

    @Test
    void shouldRefuseHistoriesThatDoNotGrow() {
        assertThat(BenchMain.run("batch", "--history-days", "0,3")).isEqualTo(2);
        assertThat(BenchMain.run("batch", "--history-days", "10,1")).isEqualTo(2);
    }
}
