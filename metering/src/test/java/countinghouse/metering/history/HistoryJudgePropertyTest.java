package countinghouse.metering.history;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

/** Compares the judge with an oracle that looks at every pair of views. */
class HistoryJudgePropertyTest {
    private static final long BUCKET_MS = 1_000;
    private static final long LOOK_BACK_MS = 5 * BUCKET_MS;
    private static final HistoryRules RULES = new HistoryRules(
            LOOK_BACK_MS,
            List.of(
                    new HistoryRule("repeat", HistoryKey.VIEWER_ITEM, 700, 1),
                    new HistoryRule("burst", HistoryKey.VIEWER, 400, 3),
                    new HistoryRule("day", HistoryKey.VIEWER, 4_000, 8)));

    private record At(HistoryKey key, int partition, long offset) {}

    @Property(tries = 300)
    void shouldJudgeAsTheOracleDoes(@ForAll long seed, @ForAll @IntRange(max = 80) int size) {
        List<HistoryView> views = views(new Random(seed), size);

        assertThat(judged(views)).isEqualTo(oracle(views));
    }

    @Property(tries = 300)
    void shouldNeverChangeAVerdictWhenLaterViewsCome(
            @ForAll long seed, @ForAll @IntRange(max = 80) int size, @ForAll @IntRange(max = 12) int closedBuckets) {
        List<HistoryView> all = views(new Random(seed), size);
        long closedThroughMs = closedBuckets * BUCKET_MS;
        List<HistoryView> closed =
                all.stream().filter(view -> view.bucketMs() < closedThroughMs).toList();

        Map<At, Integer> later = judged(all);
        judged(closed).forEach((view, verdict) -> assertThat(later).containsEntry(view, verdict));
    }

    @Property(tries = 300)
    void shouldJudgeTheSameWhereverARunStarts(
            @ForAll long seed, @ForAll @IntRange(max = 80) int size, @ForAll @IntRange(max = 12) int firstBucket) {
        List<HistoryView> all = views(new Random(seed), size);
        long fromMs = firstBucket * BUCKET_MS;
        Map<At, Integer> whole = judged(all);

        Map<At, Integer> run = judged(all.stream()
                .filter(view -> view.bucketMs() >= fromMs - LOOK_BACK_MS)
                .toList());

        all.stream()
                .filter(view -> view.bucketMs() >= fromMs)
                .map(HistoryJudgePropertyTest::at)
                .forEach(view -> assertThat(run.get(view)).isEqualTo(whole.get(view)));
    }

    @Property(tries = 100)
    void shouldKeepTheOrderAndEveryValueInItsBytes(@ForAll long seed) {
        List<HistoryView> views = views(new Random(seed), 40);
        List<HistoryView> byBytes = new ArrayList<>(views);
        byBytes.sort((left, right) -> java.util.Arrays.compareUnsigned(left.toBytes(), right.toBytes()));

        assertThat(byBytes).isEqualTo(views.stream().sorted(HistoryView.ORDER).toList());
        assertThat(byBytes.stream().map(view -> HistoryView.ofBytes(view.toBytes())))
                .isEqualTo(byBytes);
    }

    private static Map<At, Integer> judged(List<HistoryView> views) {
        HistoryJudge judge = new HistoryJudge(bucket -> RULES);
        Map<At, Integer> verdicts = new HashMap<>();
        views.stream().sorted(HistoryView.ORDER).forEach(view -> verdicts.put(at(view), judge.judge(view)));
        return verdicts;
    }

    private static Map<At, Integer> oracle(List<HistoryView> views) {
        Map<At, Integer> verdicts = new HashMap<>();
        for (HistoryView view : views) {
            int verdict = HistoryJudge.NONE;
            for (int rule = RULES.rules().size() - 1; rule >= 0; rule--) {
                verdict = isExcluded(view, RULES.rules().get(rule), views) ? rule : verdict;
            }
            verdicts.put(at(view), verdict);
        }
        return verdicts;
    }

    /** Distinct (identity, time) pairs, as a delivery that is repeated word for word is one view. */
    private static boolean isExcluded(HistoryView view, HistoryRule rule, List<HistoryView> views) {
        Set<List<Long>> close = new HashSet<>();
        for (HistoryView other : views) {
            boolean isEarlier = other.key() == view.key()
                    && other.valueHigh() == view.valueHigh()
                    && other.valueLow() == view.valueLow()
                    && HistoryView.ORDER.compare(other, view) < 0
                    && other.bucketMs() >= view.bucketMs() - LOOK_BACK_MS;
            if (isEarlier
                    && other.identity() != view.identity()
                    && Math.abs(other.occurredAtMs() - view.occurredAtMs()) < rule.withinMs()) {
                close.add(List.of(other.identity(), other.occurredAtMs()));
            }
        }
        return rule.key() == view.key() && close.size() >= rule.atMost();
    }

    private static At at(HistoryView view) {
        return new At(view.key(), view.partition(), view.offset());
    }

    private static List<HistoryView> views(Random random, int size) {
        List<HistoryView> views = new ArrayList<>();
        long now = 0;
        for (int offset = 0; offset < size; offset++) {
            now += random.nextInt(4) == 0 ? random.nextInt(900) : random.nextInt(60);
            int partition = random.nextInt(3);
            long appendTimeMs = Math.max(0, now - (partition == 2 ? 30 : 0));
            long bucketMs = appendTimeMs - appendTimeMs % BUCKET_MS;
            long occurredAtMs = appendTimeMs - random.nextInt(random.nextInt(6) == 0 ? 3_000 : 50);
            long identity = random.nextInt(8) == 0 ? random.nextInt(4) : 100 + offset;
            int viewer = random.nextInt(2);
            views.add(
                    view(HistoryKey.VIEWER, viewer, bucketMs, appendTimeMs, partition, offset, identity, occurredAtMs));
            views.add(view(
                    HistoryKey.VIEWER_ITEM,
                    viewer * 10 + random.nextInt(3),
                    bucketMs,
                    appendTimeMs,
                    partition,
                    offset,
                    identity,
                    occurredAtMs));
        }
        return views;
    }

    private static HistoryView view(
            HistoryKey key,
            long value,
            long bucketMs,
            long appendTimeMs,
            int partition,
            long offset,
            long identity,
            long occurredAtMs) {
        return new HistoryView(key, value, value, bucketMs, appendTimeMs, partition, offset, identity, occurredAtMs);
    }
}
