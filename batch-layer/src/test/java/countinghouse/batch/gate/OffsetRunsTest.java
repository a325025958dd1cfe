package countinghouse.batch.gate;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.TreeSet;
import java.util.stream.LongStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class OffsetRunsTest {
    @Property
    void shouldKnowWhatASetKnowsInWhateverOrderAndPartsOffsetsCome(
            @ForAll @Size(min = 1, max = 60) List<@LongRange(max = 40) Long> offsets,
            @ForAll @IntRange(max = 60) int cut) {
        int middle = Math.min(cut, offsets.size());
        OffsetRuns runs = runs(offsets.subList(0, middle))
                .addAll(OffsetRuns.of(
                        runs(offsets.subList(middle, offsets.size())).bytes()));

        TreeSet<Long> expected = new TreeSet<>(offsets);
        assertThat(runs.size()).isEqualTo(expected.size());
        assertThat(runs.repeats()).isEqualTo(offsets.size() - expected.size());
        assertThat(runs.first()).isEqualTo(expected.first());
        assertThat(runs.last()).isEqualTo(expected.last());
    }

    @Test
    void shouldHoldOneRunHoweverManyOffsetsFollowEachOther() {
        OffsetRuns runs = new OffsetRuns();
        LongStream.range(7, 100_000).forEach(runs::add);

        assertThat(runs.bytes()).hasSize(3 * Long.BYTES);
        assertThat(runs.size()).isEqualTo(99_993);
    }

    private static OffsetRuns runs(List<Long> offsets) {
        OffsetRuns runs = new OffsetRuns();
        offsets.forEach(runs::add);
        return runs;
    }
}
