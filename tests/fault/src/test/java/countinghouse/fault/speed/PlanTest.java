package countinghouse.fault.speed;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class PlanTest {
    @Test
    void shouldKillEveryKindOfProcessBeforeOneComesUpTwice() {
        List<Plan> plans = Plan.of(2 * Victim.values().length, 42);
        assertThat(plans.subList(0, Victim.values().length))
                .extracting(Plan::victim)
                .containsExactlyInAnyOrder(Victim.values());
        assertThat(plans.subList(Victim.values().length, plans.size()))
                .extracting(Plan::victim)
                .containsExactlyInAnyOrder(Victim.values());
    }

    @Test
    void shouldRepeatTheRoundsOfASeed() {
        assertThat(Plan.of(50, 3)).isEqualTo(Plan.of(50, 3)).isNotEqualTo(Plan.of(50, 4));
    }

    @Test
    void shouldKillTwoProcessesAtOnceAndKillOneAgainInSomeRounds() {
        assertThat(Plan.of(100, 1)).anyMatch(plan -> plan.along() != null).anyMatch(Plan::again);
        assertThat(Plan.of(100, 1)).noneMatch(plan -> plan.along() == plan.victim());
    }
}
