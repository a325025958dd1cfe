package countinghouse.speed.dedup;

import static org.assertj.core.api.Assertions.assertThat;

import countinghouse.metering.identity.DuplicateHorizon;
import countinghouse.metering.identity.Identity;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Wherever identities lie, on the heap or in runs on disk, restored or not, the verdicts are those of a map of everything ever seen. */
class IdentityWindowPropertyTest {
    private static final TopicPartition SOURCE = new TopicPartition("events.view", 0);
    private static final long WIDTH_MS = 1000;
    private static final long HORIZON_MS = 5000;
    private static final DuplicateHorizon HORIZON =
            DuplicateHorizon.of(Duration.ofMillis(HORIZON_MS), Duration.ofMillis(WIDTH_MS));

    @TempDir
    Path directory;

    private record Entry(byte[] key, byte[] value) {}

    /** What a map of everything knows of an identity: the newest bucket it was in, and the digest of its first payload. */
    private record Known(long bucketMs, int firstDigest) {}

    @Test
    void shouldJudgeLikeAMapOfEverythingWithABudgetOfNothing() {
        for (int seed = 0; seed < 3; seed++) {
            judge(seed, 0, 5_000);
        }
    }

    @Test
    void shouldJudgeLikeAMapOfEverythingWithABudgetForSome() {
        for (int seed = 10; seed < 13; seed++) {
            judge(seed, 40_000, 20_000);
        }
    }

    @Test
    void shouldJudgeLikeAMapOfEverythingWithABudgetForAll() {
        judge(20, 1 << 24, 20_000);
    }

    @Test
    void shouldSpillBeyondTheBudgetAndStayWithinIt() throws IOException {
        long budgetBytes = 1 << 20;

        DedupLoad.Result result = DedupLoad.run(200_000, budgetBytes, directory, records -> {});

        assertThat(result.spilled()).isPositive();
        assertThat(result.usedBytes()).isBetween(1L, budgetBytes);
        assertThat(result.duplicates()).isEqualTo(4000);
        try (Stream<Path> files = Files.list(directory)) {
            assertThat(files).isEmpty();
        }
    }

    @Test
    void shouldGiveItsMemoryBack() {
        DedupMemory memory = new DedupMemory(1 << 16, directory);
        IdentityState state = new IdentityState(HORIZON, memory);
        Random random = new Random(1);
        for (int i = 0; i < 10_000; i++) {
            state.observe(SOURCE, new Identity(random.nextLong(), random.nextLong()), 0, 0);
        }
        assertThat(memory.usedBytes()).isPositive();

        state.clear();

        assertThat(memory.usedBytes()).isZero();
    }

    @Test
    void shouldRestoreABucketOfManyChunks() {
        List<Entry> changelog = new ArrayList<>();
        IdentityState state = new IdentityState(HORIZON);
        int identities = 2 * IdentityChunk.MAX_IDENTITIES + 1;
        Random random = new Random(1);
        List<Identity> seen = new ArrayList<>();
        for (int i = 0; i < identities; i++) {
            seen.add(newIdentity(random));
            state.observe(SOURCE, seen.get(i), 0, i);
        }

        state.flush((key, value) -> changelog.add(new Entry(key, value)));

        assertThat(changelog).hasSize(3);
        IdentityState restored = restored(state, changelog, DedupMemory.unlimited());
        for (int i = 0; i < identities; i++) {
            assertThat(restored.observe(SOURCE, seen.get(i), 0, i)).isEqualTo(Sighting.Kind.DUPLICATE);
        }
    }

    private void judge(int seed, long budgetBytes, int records) {
        Random random = new Random(seed);
        List<Entry> changelog = new ArrayList<>();
        DedupMemory memory = new DedupMemory(budgetBytes, directory);
        IdentityState state = new IdentityState(HORIZON, memory);
        Map<Identity, Known> everything = new HashMap<>();
        List<Identity> used = new ArrayList<>();
        long bucketMs = 0;
        for (int i = 0; i < records; i++) {
            if (random.nextInt(700) == 0) {
                bucketMs += WIDTH_MS * (1 + random.nextInt(3));
            }
            boolean isNew = used.isEmpty() || random.nextInt(3) > 0;
            Identity identity = isNew ? newIdentity(random) : used.get(random.nextInt(used.size()));
            used.add(identity);
            int digest = random.nextInt(2);
            state.expire(SOURCE, bucketMs);
            assertThat(state.observe(SOURCE, identity, bucketMs, digest))
                    .isEqualTo(expected(everything, identity, bucketMs, digest));
            if (random.nextInt(200) == 0) {
                state.flush((key, value) -> changelog.add(new Entry(key, value)));
                if (random.nextInt(10) == 0) {
                    state = restored(state, changelog, memory);
                }
            }
        }
        assertThat(state.spilledSize() > 0).isEqualTo(budgetBytes < 1 << 20);
        state.clear();
        assertThat(memory.usedBytes()).isZero();
    }

    /** Some share their first half, so that only the whole tells them apart. */
    private static Identity newIdentity(Random random) {
        return new Identity(random.nextInt(50) == 0 ? 7 : random.nextLong(), random.nextLong());
    }

    private static IdentityState restored(IdentityState state, List<Entry> changelog, DedupMemory memory) {
        state.clear();
        IdentityState restored = new IdentityState(HORIZON, memory);
        changelog.forEach(entry -> restored.restore(entry.key(), entry.value()));
        return restored;
    }

    private static Sighting.Kind expected(
            Map<Identity, Known> everything, Identity identity, long bucketMs, int digest) {
        Known known = everything.get(identity);
        if (known == null || known.bucketMs() < bucketMs - HORIZON_MS) {
            everything.put(identity, new Known(bucketMs, digest));
            return Sighting.Kind.FIRST;
        }
        everything.put(identity, new Known(bucketMs, known.firstDigest()));
        return known.firstDigest() == digest ? Sighting.Kind.DUPLICATE : Sighting.Kind.CONFLICT;
    }
}
