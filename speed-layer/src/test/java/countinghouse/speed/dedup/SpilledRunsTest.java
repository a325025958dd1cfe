package countinghouse.speed.dedup;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Runs become one while they are asked. */
class SpilledRunsTest {
    private static final int PER_RUN = 1000;
    private static final int RUNS = 4;

    @TempDir
    Path directory;

    private final SplittableRandom random = new SplittableRandom(1);
    private final List<long[]> identities = new ArrayList<>();
    private DedupMemory memory;
    private SpilledRuns runs;

    @BeforeEach
    void spillFourRunsThatShareAnIdentity() {
        memory = new DedupMemory(1 << 24, directory);
        runs = new SpilledRuns(memory);
        for (int run = 0; run < RUNS; run++) {
            IdentityTable table = new IdentityTable(2048);
            put(table, 5, 5, run);
            for (int i = 1; i < PER_RUN; i++) {
                long[] identity = {random.nextLong(), random.nextLong(), run};
                identities.add(identity);
                put(table, identity[0], identity[1], run);
            }
            runs.add(table, Long.MIN_VALUE);
            assertThat(table.size()).isZero();
        }
    }

    @AfterEach
    void shouldGiveAllMemoryBack() {
        runs.close();

        assertThat(memory.usedBytes()).isZero();
    }

    @Test
    void shouldNotLetARecordWaitForAMerge() {
        assertThat(runs.size()).as("nothing is merged at once").isEqualTo(RUNS * PER_RUN);

        for (int added = 0; added < PER_RUN / 2; added++) {
            runs.identityAdded(Long.MIN_VALUE);
        }

        assertThat(runs.size()).as("half-way").isEqualTo(RUNS * PER_RUN);
        assertFoundSince(0);
    }

    @Test
    void shouldBeOneRunBeforeTheTableIsFullOnceMore() {
        addIdentities(Long.MIN_VALUE);

        assertThat(runs.size()).as("the identity that all share is there once").isEqualTo(RUNS * PER_RUN - (RUNS - 1));
        assertFoundSince(0);
        assertThat(runs.find(5, 5)).as("its newest entry").containsExactly(5, 5, RUNS - 1, 0);
        assertThat(runs.find(5, 6)).isNull();
    }

    @Test
    void shouldExpireWhatIsBeingMerged() {
        for (int added = 0; added < PER_RUN / 4; added++) {
            runs.identityAdded(Long.MIN_VALUE);
        }
        runs.expire(2);
        assertFoundSince(2);

        addIdentities(2);

        assertFoundSince(2);
        assertThat(runs.size()).isLessThan(RUNS * PER_RUN - PER_RUN);
    }

    @Test
    void shouldBeEmptyAtOnceWhenEverythingExpiresDuringAMerge() {
        runs.identityAdded(Long.MIN_VALUE);

        runs.expire(RUNS);

        assertThat(memory.usedBytes()).isZero();
        assertThat(runs.size()).isZero();
        assertThat(runs.find(5, 5)).isNull();
    }

    private void addIdentities(long oldestBucketMs) {
        for (int added = 0; added < PER_RUN; added++) {
            runs.identityAdded(oldestBucketMs);
        }
    }

    private void assertFoundSince(long oldestBucketMs) {
        for (long[] identity : identities) {
            if (identity[2] >= oldestBucketMs) {
                assertThat(runs.find(identity[0], identity[1]))
                        .containsExactly(identity[0], identity[1], identity[2], 0);
            }
        }
    }

    private static void put(IdentityTable table, long high, long low, long bucketMs) {
        table.put(table.slotOf(high, low), high, low, bucketMs, 0);
    }
}
