package countinghouse.bench.speed.report;

import static org.assertj.core.api.Assertions.assertThat;

import countinghouse.bench.speed.stage.CpuSeconds;
import countinghouse.bench.speed.trial.Sample;
import java.util.List;
import org.junit.jupiter.api.Test;

class ValidityTest {
    private static final int EVENTS = 1_000_000;

    @Test
    void shouldInvalidateARunInWhichAPeerIsMuchSlowerThanItIsKnownToBe() {
        Validity validity = Validity.of(List.of(summary("flink-hashmap", 15.5)), EVENTS);

        assertThat(validity.status()).isEqualTo("invalid");
        assertThat(validity.reasons())
                .singleElement()
                .asString()
                .contains("flink-hashmap reached 64,516", "94,000 known of it");
    }

    @Test
    void shouldTakeAPeerWithinThirtyPerCentOfItsFigure() {
        assertThat(Validity.of(List.of(summary("flink-hashmap", 15)), EVENTS).status())
                .isEqualTo("valid");
    }

    @Test
    void shouldNotJudgeARunThatIsMostlyWarmUp() {
        assertThat(Validity.of(List.of(summary("flink-hashmap", 100)), 20_000).status())
                .isEqualTo("not judged");
    }

    @Test
    void shouldCompareOursWithEveryOtherByEventsPerCpuSecond() {
        List<Ratio> ratios =
                Ratio.of(List.of(summary("ours-1000ms", 9), summary("ceiling", 4), summary("flink-rocksdb", 49)));

        assertThat(ratios)
                .containsExactly(new Ratio("ceiling", 0.5, 0.5, true), new Ratio("flink-rocksdb", 5.0, null, null));
    }

    @Test
    void shouldTakeTheMiddleOfAnOddNumberAndTheMeanOfTheMiddleTwoOfAnEvenOne() {
        assertThat(Spread.of(List.of(9.0, 1.0, 2.0))).isEqualTo(new Spread(2, 1, 9));
        assertThat(Spread.of(List.of(4.0, 1.0, 2.0, 9.0))).isEqualTo(new Spread(3, 1, 9));
    }

    /** A million events by processor and broker in some seconds, and one second of Redis. */
    private static Summary summary(String contestant, double cpuSeconds) {
        CpuSeconds cpu = new CpuSeconds(cpuSeconds - 0.5, 0.5, 1);
        return Summary.of(contestant, "", List.of(new Sample(contestant, 1, EVENTS, 3, EVENTS, 10, cpu, 13, cpu)));
    }
}
