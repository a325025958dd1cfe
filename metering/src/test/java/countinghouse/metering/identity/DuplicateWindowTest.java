package countinghouse.metering.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import countinghouse.metering.identity.DuplicateWindow.Verdict;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

class DuplicateWindowTest {
    private static final long HOUR = Duration.ofHours(1).toMillis();
    private static final DuplicateHorizon HORIZON = DuplicateHorizon.of(Duration.ofHours(48), Duration.ofHours(1));
    private static final Identity ID = new Identity(1, 2);

    private final DuplicateWindow window = new DuplicateWindow(HORIZON);

    @Test
    void shouldCountTheFirstRecordAndNotItsDuplicateInTheSameBucket() {
        assertThat(window.observe(ID, 0)).isEqualTo(Verdict.FIRST);
        assertThat(window.observe(ID, 0)).isEqualTo(Verdict.DUPLICATE);
    }

    @Test
    void shouldTakeARecordExactlyTheHorizonLaterForADuplicate() {
        window.observe(ID, 0);
        assertThat(window.observe(ID, 48 * HOUR).isDuplicate()).isTrue();
    }

    @Test
    void shouldCountARecordOneBucketBeyondTheHorizonAgain() {
        window.observe(ID, 0);
        assertThat(window.observe(ID, 49 * HOUR)).isEqualTo(Verdict.FIRST);
    }

    @Test
    void shouldLetADuplicateRenewItsIdentity() {
        window.observe(ID, 0);
        assertThat(window.observe(ID, 40 * HOUR)).isEqualTo(Verdict.DUPLICATE_RENEWED);
        assertThat(window.observe(ID, 80 * HOUR)).isEqualTo(Verdict.DUPLICATE_RENEWED);
    }

    @Test
    void shouldForgetOnlyBucketsBeyondTheHorizon() {
        window.observe(ID, 0);
        window.observe(new Identity(3, 4), HOUR);
        List<Long> forgotten = new ArrayList<>();
        window.expire(49 * HOUR, forgotten::add);
        assertThat(forgotten).containsExactly(0L);
        assertThat(window.size()).isEqualTo(1);
    }

    @Test
    void shouldRefuseAHorizonThatIsNotAWholeNumberOfBuckets() {
        assertThatThrownBy(() -> DuplicateHorizon.of(Duration.ofMinutes(90), Duration.ofHours(1)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("PT1H30M");
    }

    /** The definition itself is the oracle: look through the whole past for the identity within the horizon. */
    @Property(tries = 300)
    void shouldAgreeWithTheDefinitionWhereverARunStarts(
            @ForAll("records") List<long[]> records, @ForAll("starts") int start) {
        DuplicateHorizon horizon = new DuplicateHorizon(5);
        DuplicateWindow fromStart = new DuplicateWindow(horizon);
        DuplicateWindow fromTheMiddle = new DuplicateWindow(horizon);
        long bucket = 0;
        List<long[]> past = new ArrayList<>();
        for (int i = 0; i < records.size(); i++) {
            bucket += records.get(i)[1];
            long now = bucket;
            long id = records.get(i)[0];
            Identity identity = new Identity(id, 0);
            boolean expected = past.stream().anyMatch(record -> record[0] == id && record[1] >= now - 5);
            fromStart.expire(bucket, ignored -> {});
            assertThat(fromStart.observe(identity, bucket).isDuplicate()).isEqualTo(expected);
            if (i < start) {
                fromTheMiddle.remember(identity, bucket);
            } else {
                assertThat(fromTheMiddle.observe(identity, bucket).isDuplicate())
                        .isEqualTo(expected);
            }
            past.add(new long[] {id, bucket});
        }
    }

    @Provide
    Arbitrary<List<long[]>> records() {
        return Combinators.combine(
                        Arbitraries.longs().between(0, 6), Arbitraries.longs().between(0, 3))
                .as((id, step) -> new long[] {id, step})
                .list()
                .ofMaxSize(60);
    }

    @Provide
    Arbitrary<Integer> starts() {
        return Arbitraries.integers().between(0, 60);
    }
}
