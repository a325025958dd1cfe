package countinghouse.fault.batch;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class BatchPlanTest {
    @Test
    void shouldKillEverythingThatARunRestsOnBeforeOneComesUpTwice() {
        assertThat(BatchPlan.of(BatchVictim.values().length, 42))
                .extracting(BatchPlan::victim)
                .containsExactlyInAnyOrder(BatchVictim.values());
    }

    @Test
    void shouldKillInEveryPhase() {
        assertThat(BatchPlan.of(10, 5))
                .extracting(BatchPlan::phase)
                .contains(
                        BatchPhase.SEAL,
                        BatchPhase.ARCHIVE,
                        BatchPhase.GATE_RAW,
                        BatchPhase.RECOMPUTE,
                        BatchPhase.GATE_COUNTS,
                        BatchPhase.RECONCILE,
                        BatchPhase.PUBLISH);
    }

    @Test
    void shouldRepeatTheRoundsOfASeed() {
        assertThat(BatchPlan.of(30, 3)).isEqualTo(BatchPlan.of(30, 3)).isNotEqualTo(BatchPlan.of(30, 4));
    }

    @Test
    void shouldTellThePhaseFromWhatTheRunSays() {
        assertThat(BatchPhase.begunBy("archived    1,000 records")).isEqualTo(BatchPhase.GATE_RAW);
        assertThat(BatchPhase.begunBy("gate counts 4 checks held")).isEqualTo(BatchPhase.RECONCILE);
        assertThat(BatchPhase.begunBy("countinghouse: something failed")).isNull();
        assertThat(BatchPhase.GATE_RAW.label()).isEqualTo("gate-raw");
    }
}
