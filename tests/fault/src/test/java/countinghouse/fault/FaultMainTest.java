package countinghouse.fault;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class FaultMainTest {
    @Test
    void shouldExplainItselfWithoutArguments() {
        assertThat(FaultMain.run()).isZero();
    }

    @Test
    void shouldRefuseAnUnknownLayer() {
        assertThat(FaultMain.run("plumbing")).isEqualTo(2);
    }
}
