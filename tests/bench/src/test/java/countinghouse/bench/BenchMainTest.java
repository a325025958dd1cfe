package countinghouse.bench;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class BenchMainTest {
    @Test
    void shouldExplainItselfWithoutArguments() {
        assertThat(BenchMain.run()).isZero();
    }

    @Test
    void shouldRefuseAnUnknownBenchmark() {
        assertThat(BenchMain.run("abacus")).isEqualTo(2);
    }
}
