package countinghouse.speed.dedup;

import countinghouse.metering.identity.DuplicateHorizon;
import countinghouse.metering.identity.Identity;
import java.nio.file.Path;
import java.time.Duration;
import java.util.SplittableRandom;
import java.util.function.LongConsumer;
import org.apache.kafka.common.TopicPartition;

/** De-duplication alone under a memory budget, for the curve of speed over identities (docs/performance.md). */
public final class DedupLoad {
    private static final TopicPartition SOURCE = new TopicPartition("load", 0);
    private static final long BUCKET_MS = 3_600_000;
    private static final long BUCKETS = 48;
    /** One record in fifty repeats an earlier identity. */
    private static final int DUPLICATE_EVERY = 50;

    private static final int TENTHS = 10;
    /** What is new goes to the changelog as often as with a commit a second of a busy task. */
    private static final int RECORDS_PER_COMMIT = 50_000;

    private DedupLoad() {}

    /**
     * What a run came to.
     *
     * @param identities distinct ones, all within the horizon at the end
     * @param duplicates repeated, and recognised
     * @param spilled entries on disk at the end
     * @param usedBytes on the heap at most, of the budget
     */
    public record Result(long identities, long duplicates, long spilled, long usedBytes) {
        /** Observed in all. */
        public long records() {
            return identities + duplicates;
        }

        /** Of the files at the end. */
        public long diskBytes() {
            return spilled * SpilledRun.ENTRY_BYTES;
        }
    }

    /** De-duplication is wrong; its speed is of no interest. */
    public static final class WrongVerdictException extends RuntimeException {
        private WrongVerdictException(String message) {
            super(message);
        }
    }

    /**
     * Observes identities spread over 48 one-hour buckets, with 2 % duplicates among them.
     *
     * @param directory for what does not fit into the budget
     * @param tenthDone told after each tenth of the run how many records that was
     * @throws WrongVerdictException if a verdict is wrong
     */
    public static Result run(long identities, long budgetBytes, Path directory, LongConsumer tenthDone) {
        DedupMemory memory = new DedupMemory(budgetBytes, directory);
        IdentityState state =
                new IdentityState(DuplicateHorizon.of(Duration.ofHours(BUCKETS), Duration.ofMillis(BUCKET_MS)), memory);
        SplittableRandom random = new SplittableRandom(1);
        long duplicates = 0;
        long tenths = 0;
        long recordsBefore = 0;
        long usedBytes = 0;
        for (long i = 0; i < identities; i++) {
            long bucketMs = i * BUCKETS / identities * BUCKET_MS;
            expect(Sighting.Kind.FIRST, state, i, bucketMs);
            if (i % DUPLICATE_EVERY == 0) {
                expect(Sighting.Kind.DUPLICATE, state, random.nextLong(i + 1), bucketMs);
                duplicates++;
            }
            if (i % RECORDS_PER_COMMIT == 0) {
                state.flush((key, value) -> {});
                usedBytes = Math.max(usedBytes, memory.usedBytes());
            }
            long records = i + 1 + duplicates;
            if ((i + 1) * TENTHS / identities > tenths) {
                tenths++;
                tenthDone.accept(records - recordsBefore);
                recordsBefore = records;
            }
        }
        Result result =
                new Result(identities, duplicates, state.spilledSize(), Math.max(usedBytes, memory.usedBytes()));
        state.clear();
        return result;
    }

    private static void expect(Sighting.Kind expected, IdentityState state, long number, long bucketMs) {
        Sighting.Kind seen = state.observe(SOURCE, identity(number), bucketMs, 0);
        if (seen != expected) {
            throw new WrongVerdictException("The identity %d is %s; it must be %s".formatted(number, seen, expected));
        }
    }

    /** Spread like a hash, and different for different numbers. */
    private static Identity identity(long number) {
        SplittableRandom bits = new SplittableRandom(number);
        return new Identity(bits.nextLong(), bits.nextLong());
    }
}
