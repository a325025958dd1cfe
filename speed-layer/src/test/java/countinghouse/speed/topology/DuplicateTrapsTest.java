package countinghouse.speed.topology;

import static org.assertj.core.api.Assertions.assertThat;

import countinghouse.kit.config.CountingConfig;
import countinghouse.metering.row.RowKey;
import countinghouse.speed.topology.LogLine.Kind;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The traps of de-duplication (anchors.md 4.3) and the edges of the horizon, each on a log that a textbook window gets wrong. */
class DuplicateTrapsTest {
    private static final long WIDTH_MS = 2000;
    /** Three buckets. */
    private static final long HORIZON_MS = 6000;

    private static final long START_MS = 1_760_000_000_000L;
    private static final long DAY_MS = 86_400_000;

    @TempDir
    Path stateDirectory;

    private final List<LogLine> log = new ArrayList<>();

    @Test
    void shouldCountALateEventOnceWhenItsDuplicateIsLateAsWell() {
        reading("punctual", START_MS, START_MS);
        reading("late", START_MS + 100, START_MS - 20 * DAY_MS);
        reading("late", START_MS + 200, START_MS - 20 * DAY_MS);

        assertThat(counted()).isEqualTo(2);
        assertThat(TextbookWindow.count(log, HORIZON_MS)).isEqualTo(3);
    }

    @Test
    void shouldNotLetAProducersFastClockExpireTheIdsOfOthers() {
        reading("first", START_MS, START_MS);
        reading("from the future", START_MS + 100, START_MS + 240_000);
        reading("first", START_MS + 200, START_MS);

        assertThat(counted()).isEqualTo(2);
        assertThat(TextbookWindow.count(log, HORIZON_MS)).isEqualTo(3);
    }

    @Test
    void shouldJudgeADuplicateByTheRecordBeforeItWhereverARunStarts() {
        // Each lies within the horizon of the one before, the last beyond that of the first: the verdict needs no
        // memory of what was counted.
        reading("again and again", START_MS, START_MS);
        reading("again and again", START_MS + HORIZON_MS, START_MS);
        reading("again and again", START_MS + 2 * HORIZON_MS, START_MS);

        assertThat(counted()).isEqualTo(1);
    }

    @Test
    void shouldForgetAnIdThatNobodyUsedForTheHorizonSoThatNoneIsKeptAliveForEver() {
        reading("again", START_MS, START_MS);
        reading("again", START_MS + HORIZON_MS, START_MS);
        reading("again", START_MS + 2 * HORIZON_MS + WIDTH_MS, START_MS);

        assertThat(counted()).isEqualTo(2);
    }

    @Test
    void shouldKeepTheIdsOfAccountsApartSoThatAllRecordsOfAnIdentityShareAPartition() {
        add(Kind.READING, "id", "one", START_MS, START_MS);
        add(Kind.READING, "id", "two", START_MS, START_MS);

        assertThat(counted()).isEqualTo(2);
        assertThat(TextbookWindow.count(log, HORIZON_MS)).isEqualTo(1);
    }

    @Test
    void shouldSeeADuplicateAtTheHorizonAndOneBucketBeforeItButNotOneBucketBeyond() {
        reading("H - 1", START_MS, START_MS);
        reading("H", START_MS, START_MS);
        reading("H + 1", START_MS, START_MS);
        reading("H - 1", START_MS + HORIZON_MS - 1, START_MS);
        // The last moment of the bucket at the horizon: more than H in time, H in buckets.
        reading("H", START_MS + HORIZON_MS + WIDTH_MS - 1, START_MS);
        reading("H + 1", START_MS + HORIZON_MS + WIDTH_MS, START_MS);

        assertThat(counted()).isEqualTo(4);
    }

    @Test
    void shouldStayInTheBucketOfTheRunningMaximumWhenTheClockStepsBack() {
        reading("before the step", START_MS + 2 * WIDTH_MS, START_MS);
        reading("after the step", START_MS, START_MS);

        assertThat(bucketsOf("readings")).containsExactly(START_MS + 2 * WIDTH_MS);
    }

    @Test
    void shouldJudgeByTheRunningMaximumWhenTheClockStepsBack() {
        reading("id", START_MS + HORIZON_MS + WIDTH_MS, START_MS);
        reading("steps back", START_MS, START_MS);
        // By its own append time the first "id" lies in the future of this one; by the running maximum, in the same
        // bucket.
        reading("id", START_MS + WIDTH_MS, START_MS);

        assertThat(counted()).isEqualTo(2);
    }

    @Test
    void shouldNotMoveTheClockOfAnIdlePartitionByTheRecordsOfAnother() {
        add(Kind.VIEW, "view", "account", START_MS, START_MS);
        reading("much later", START_MS + 10 * HORIZON_MS, START_MS);
        add(Kind.VIEW, "view", "account", START_MS + HORIZON_MS, START_MS);

        assertThat(counted()).isEqualTo(2);
        assertThat(bucketsOf("shows")).containsExactly(START_MS);
    }

    @Test
    void shouldMoveTheClockOfAnIdlePartitionByATickAlone() {
        reading("id", START_MS, START_MS);
        add(Kind.TICK, null, null, START_MS + HORIZON_MS + WIDTH_MS, START_MS);
        // The leader's clock stepped back meanwhile: without the tick this would lie within the horizon.
        reading("id", START_MS + WIDTH_MS, START_MS);

        assertThat(counted()).isEqualTo(2);
    }

    @Test
    void shouldTakeAReplayForTheRecordItselfAndNotForADuplicate() {
        reading("id", START_MS, START_MS);
        try (DrivenTopology topology = topology()) {
            topology.runTo(1);
            topology.restart(false);

            assertThat(topology.processed(Outcome.REPLAYED)).isEqualTo(1);
            assertThat(topology.processed(Outcome.DUPLICATE)).isZero();
            assertThat(topology.rows().values()).allMatch(row -> row.n() == 1);
        }
    }

    private void reading(String id, long appendTimeMs, long occurredAtMs) {
        add(Kind.READING, id, "account", appendTimeMs, occurredAtMs);
    }

    private void add(Kind kind, String id, String account, long appendTimeMs, long occurredAtMs) {
        long offset = log.stream()
                .filter(line -> (line.kind() == Kind.VIEW) == (kind == Kind.VIEW))
                .count();
        log.add(new LogLine(kind, offset, appendTimeMs, account, "source", id, occurredAtMs, BigDecimal.TEN));
    }

    private long counted() {
        long[] counted = {0};
        inTopology(topology -> counted[0] = (long) topology.processed(Outcome.COUNTED));
        return counted[0];
    }

    private List<Long> bucketsOf(String meter) {
        List<Long> buckets = new ArrayList<>();
        inTopology(topology -> topology.rows().keySet().stream()
                .filter(key -> key.meter().equals(meter))
                .map(RowKey::bucketMs)
                .distinct()
                .forEach(buckets::add));
        return buckets;
    }

    private void inTopology(Consumer<DrivenTopology> use) {
        try (DrivenTopology topology = topology()) {
            topology.runTo(log.size());
            use.accept(topology);
        }
    }

    private DrivenTopology topology() {
        CountingConfig counting = new CountingConfig(
                Duration.ofMillis(WIDTH_MS), Duration.ofMillis(HORIZON_MS), Duration.ofMillis(4 * HORIZON_MS));
        return new DrivenTopology(counting, stateDirectory.toString(), log);
    }
}
