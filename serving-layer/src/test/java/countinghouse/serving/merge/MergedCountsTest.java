package countinghouse.serving.merge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import countinghouse.metering.row.RowKey;
import countinghouse.schemas.RedisKeys;
import countinghouse.serving.batchview.Generation;
import countinghouse.serving.batchview.UnknownGenerationException;
import countinghouse.serving.layers.Layers;
import countinghouse.serving.scope.Accounts;
import countinghouse.serving.scope.TimeRange;
import countinghouse.serving.window.WindowSize;
import countinghouse.serving.window.Windows;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

/** What is counted, whichever layer holds it. */
class MergedCountsTest extends MergedViews {
    MergedCountsTest(Layers layers) {
        super(layers);
    }

    @Test
    void shouldTakeEverythingFromSpeedBeforeTheFirstGeneration() {
        layers.speed(row("a", "v1", 0, 0), 3, "3");
        layers.redis().set(RedisKeys.SPEED_FLOOR, Long.toString(NOON.toEpochMilli()));

        CountAnswer answer = counts.read(CountQuery.total(VIEWS));

        assertThat(value(answer)).isEqualByComparingTo("3");
        assertThat(answer.total().batch()).isNull();
        assertThat(answer.freshness().generation()).isEqualTo(Generation.NONE);
        assertThat(answer.freshness().quality()).isEqualTo(Quality.EXACT);
    }

    @Test
    void shouldCountARowOnceWhenBothLayersHoldIt() {
        layers.speed(row("a", "v1", 0, 0), 1, "1");
        layers.speed(row("a", "v1", 0, 2), 1, "1");
        layers.publish(1, NOON.plusSeconds(2), List.of(row("a", "v1", 0, 0)), "1");

        CountAnswer answer = counts.read(CountQuery.total(VIEWS).atLeast(1));

        assertThat(value(answer)).isEqualByComparingTo("2");
        assertThat(answer.total().batch().number()).isEqualByComparingTo("1");
        assertThat(answer.total().speed().number()).isEqualByComparingTo("1");
        assertThat(answer.freshness().generation().closedThroughMs())
                .isEqualTo(NOON.plusSeconds(2).toEpochMilli());
    }

    @Test
    void shouldNeverShowAnotherTotalWhileGenerationsArePublishedAndRolledBack() throws Exception {
        List<RowKey> rows = new ArrayList<>();
        for (int index = 0; index < 400; index++) {
            RowKey row = row("account-" + index % 7, "v" + index % 11, index % 5, index);
            rows.add(row);
            layers.speed(row, 1, "1");
        }
        AtomicBoolean publishing = new AtomicBoolean(true);
        Set<String> seen = ConcurrentHashMap.newKeySet();
        Set<Long> generations = ConcurrentHashMap.newKeySet();
        List<Thread> readers = new ArrayList<>();
        for (int reader = 0; reader < 3; reader++) {
            long floor = reader;
            Thread thread = new Thread(() -> {
                while (publishing.get()) {
                    // One reader asks for ever newer generations, so that some reads use the pointer at the moment it
                    // moves.
                    long minimum = floor == 0 && !generations.isEmpty() ? generations.size() - 1 : 0;
                    CountAnswer answer = counts.read(CountQuery.total(VIEWS).atLeast(minimum > 6 ? 0 : minimum));
                    generations.add(answer.freshness().generation().number());
                    seen.add(value(answer).toPlainString() + (answer.freshness().partial() ? " partial" : ""));
                }
            });
            thread.start();
            readers.add(thread);
        }
        for (int number = 1; number <= 8; number++) {
            int closed = number * 50;
            layers.publish(number, NOON.plusSeconds(closed), rows.subList(0, closed), "1");
            counts.read(CountQuery.total(VIEWS).atLeast(number));
        }
        layers.pointAt(3);
        await().until(() ->
                counts.read(CountQuery.total(VIEWS)).freshness().generation().number() == 3);
        publishing.set(false);
        for (Thread reader : readers) {
            reader.join(10_000);
        }

        assertThat(seen).allSatisfy(total -> assertThat(new BigDecimal(total)).isEqualByComparingTo("400"));
        assertThat(generations).contains(3L).hasSizeGreaterThan(2);
    }

    @Test
    void shouldSeeAnEventAtOnceAlthoughTheRowsAreCached() {
        for (int n = 1; n <= 200; n++) {
            layers.speed(row("a", "v1", 0, 0), n, Integer.toString(n));

            assertThat(value(counts.read(CountQuery.total(VIEWS)))).isEqualByComparingTo(Integer.toString(n));
        }
    }

    @Test
    void shouldFollowThePointerWhenItsOldGenerationIsNoLongerKept() {
        layers.publish(1, NOON, List.of(row("a", "v1", 0, 0)), "1");
        counts.read(CountQuery.total(VIEWS).atLeast(1));
        layers.reset();
        layers.publish(2, NOON, List.of(row("a", "v2", 0, 0)), "4");

        CountAnswer answer = counts.read(CountQuery.total(VIEWS).of(Accounts.only(Set.of("a"))));

        assertThat(value(answer)).isEqualByComparingTo("4");
    }

    @Test
    void shouldReadTheNewEpochAfterAFlip() {
        layers.speed(row("a", "v1", 0, 0), 5, "5");
        assertThat(value(counts.read(CountQuery.total(VIEWS)))).isEqualByComparingTo("5");

        layers.redis().set(RedisKeys.EPOCH, "2");

        assertThat(value(counts.read(CountQuery.total(VIEWS)))).isEqualByComparingTo("0");
    }

    @Test
    void shouldRefuseAGenerationThatIsNotPublished() {
        layers.publish(1, NOON, List.of(), "1");

        assertThatThrownBy(() -> counts.read(CountQuery.total(VIEWS).atLeast(2)))
                .isInstanceOf(UnknownGenerationException.class)
                .hasMessage("Generation 2 is not published; the newest is 1");
    }

    @Test
    void shouldGroupFilterAndWindowBothLayersAlike() {
        // 23:30 UTC is already the next day in Berlin.
        RowKey late = row("a", "v1", 46, 0);
        layers.speed(late, 1, "1");
        layers.speed(row("a", "v1", 46, 100), 1, "1");
        layers.speed(row("b", "v2", 0, 100), 1, "1");
        layers.speed(row("a", "v2", 0, 100), 1, "1");
        layers.publish(1, NOON.plusSeconds(10), List.of(late), "1");

        CountAnswer answer = counts.read(CountQuery.total(VIEWS)
                .of(Accounts.only(Set.of("a", "b")))
                .within(new TimeRange(Instant.parse("2026-10-04T22:00:00Z").toEpochMilli(), Long.MAX_VALUE))
                .windowed(new Windows(WindowSize.DAY, ZoneId.of("Europe/Berlin")))
                .groupedBy(List.of("subject", "video_id"))
                .where(Map.of("video_id", Set.of("v1", "v9")))
                .atLeast(1));

        assertThat(answer.groups()).singleElement().satisfies(group -> {
            assertThat(group.account()).isEqualTo("a");
            assertThat(group.dimensions()).containsExactly(Map.entry("video_id", "v1"));
            assertThat(Instant.ofEpochMilli(group.startMs())).isEqualTo("2026-10-05T22:00:00Z");
            assertThat(Instant.ofEpochMilli(group.endMs())).isEqualTo("2026-10-06T22:00:00Z");
            assertThat(group.count().batch().number()).isEqualByComparingTo("1");
            assertThat(group.count().speed().number()).isEqualByComparingTo("1");
        });
    }

    @Test
    void shouldCoverNobodyWhenNoAccountIsNamed() {
        layers.speed(row("a", "v1", 0, 100), 1, "1");
        layers.publish(1, NOON.plusSeconds(10), List.of(row("a", "v1", 0, 0)), "1");

        CountAnswer answer =
                counts.read(CountQuery.total(VIEWS).of(Accounts.only(Set.of())).atLeast(1));

        assertThat(answer.groups()).isEmpty();
    }
}
