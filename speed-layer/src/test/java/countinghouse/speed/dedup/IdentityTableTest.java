package countinghouse.speed.dedup;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A table whose identities crowd at its end, so that they go on at its beginning. */
class IdentityTableTest {
    private static final int CAPACITY = 64;

    @TempDir
    Path directory;

    private final SplittableRandom random = new SplittableRandom(1);
    private final IdentityTable table = new IdentityTable(CAPACITY);

    @Test
    void shouldMoveToARunInOrderWhenIdentitiesCrowdAtTheEnd() {
        List<long[]> identities = fill();
        RunWriter writer = new RunWriter(new DedupMemory(1 << 20, directory), identities.size());

        table.drainTo(writer);

        identities.sort((left, right) -> IdentityOrder.compare(left[0], left[1], right[0], right[1]));
        try (SpilledRun run = writer.finish()) {
            RunCursor cursor = new RunCursor(run);
            for (int i = 0; i < identities.size(); i++) {
                assertThat(new long[] {cursor.high(), cursor.low(), cursor.bucketMs(), cursor.digest()})
                        .containsExactly(identities.get(i));
                assertThat(cursor.advance()).isEqualTo(i < identities.size() - 1);
            }
        }
        assertThat(table.size()).isZero();
    }

    @Test
    void shouldFindAllOthersWhenSomeExpired() {
        List<long[]> identities = fill();

        table.expire(2);

        int left = 0;
        for (long[] identity : identities) {
            int slot = table.slotOf(identity[0], identity[1]);
            assertThat(table.isTaken(slot)).isEqualTo(identity[2] >= 2);
            if (table.isTaken(slot)) {
                assertThat(table.bucketMs(slot)).isEqualTo(identity[2]);
                assertThat(table.digest(slot)).isEqualTo((int) identity[3]);
                left++;
            }
        }
        assertThat(table.size()).isEqualTo(left).isPositive();
    }

    @Test
    void shouldFindAllWhenItHasGrown() {
        List<long[]> identities = fill();

        table.grow();

        assertThat(table.capacity()).isEqualTo(2 * CAPACITY);
        assertThat(table.size()).isEqualTo(identities.size());
        assertThat(identities).allSatisfy(identity -> assertThat(table.bucketMs(table.slotOf(identity[0], identity[1])))
                .isEqualTo(identity[2]));
    }

    /** A third lies anywhere, a third at the end, a third has a first half in common. */
    private List<long[]> fill() {
        List<long[]> identities = new ArrayList<>();
        while (!table.isFull()) {
            long high =
                    switch (identities.size() % 3) {
                        case 0 -> random.nextLong();
                        case 1 -> -1 - random.nextLong(1L << 58);
                        default -> -7;
                    };
            long[] identity = {high, random.nextLong(), random.nextInt(4), random.nextInt()};
            table.put(table.slotOf(high, identity[1]), high, identity[1], identity[2], (int) identity[3]);
            identities.add(identity);
        }
        return identities;
    }
}
