package countinghouse.metering.history;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class HistoryVerdictsTest {
    @Test
    void shouldLetTheFirstRuleStandHoweverTheVerdictsCome() {
        HistoryVerdicts verdicts = new HistoryVerdicts();
        verdicts.exclude(7, 2);
        verdicts.exclude(7, 0);
        verdicts.exclude(7, 1);

        assertThat(verdicts.of(7)).isZero();
        assertThat(verdicts.of(8)).isEqualTo(HistoryJudge.NONE);
        assertThat(verdicts.size()).isEqualTo(1);
    }

    @Test
    void shouldCutOutAHalfOpenRangeOfOffsets() {
        HistoryVerdicts verdicts = new HistoryVerdicts();
        for (long offset = 0; offset < 10; offset++) {
            verdicts.exclude(offset, 1);
        }

        HistoryVerdicts within = verdicts.within(3, 5);

        assertThat(within.size()).isEqualTo(2);
        assertThat(within.of(3)).isEqualTo(1);
        assertThat(within.of(5)).isEqualTo(HistoryJudge.NONE);
    }
}
