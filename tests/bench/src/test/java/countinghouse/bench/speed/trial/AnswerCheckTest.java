package countinghouse.bench.speed.trial;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import countinghouse.bench.speed.workload.Expected;
import it.unimi.dsi.fastutil.longs.Long2LongOpenHashMap;
import org.junit.jupiter.api.Test;

class AnswerCheckTest {
    private final Long2LongOpenHashMap right = new Long2LongOpenHashMap();

    AnswerCheckTest() {
        right.put(Expected.key(17, 0), 3);
        right.put(Expected.key(18, 0), 1);
    }

    @Test
    void shouldAcceptTheRightAnswer() {
        assertThatCode(() -> AnswerCheck.require("peer", right, right.clone())).doesNotThrowAnyException();
    }

    @Test
    void shouldNameACountThatIsTooHigh() {
        Long2LongOpenHashMap wrong = right.clone();
        wrong.put(Expected.key(17, 0), 4);

        assertThatThrownBy(() -> AnswerCheck.require("peer", right, wrong))
                .isInstanceOf(WrongAnswerException.class)
                .hasMessageContaining("peer")
                .hasMessageContaining("venue-00017 from 1970-01-01T00:00:00Z: 4 instead of 3");
    }

    @Test
    void shouldMissACountThatIsNotThere() {
        Long2LongOpenHashMap wrong = right.clone();
        wrong.remove(Expected.key(18, 0));

        assertThatThrownBy(() -> AnswerCheck.require("peer", right, wrong)).hasMessageContaining("1 of 2 counts");
    }

    @Test
    void shouldRefuseACountThatNobodyExpects() {
        Long2LongOpenHashMap wrong = right.clone();
        wrong.put(Expected.key(19, 0), 1);

        assertThatThrownBy(() -> AnswerCheck.require("peer", right, wrong)).hasMessageContaining("1 instead of 0");
    }
}
