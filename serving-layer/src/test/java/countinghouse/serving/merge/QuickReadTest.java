package countinghouse.serving.merge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import countinghouse.metering.meter.Aggregation;
import countinghouse.metering.meter.Meter;
import countinghouse.metering.meter.MeterCatalog;
import countinghouse.metering.row.Fingerprint;
import countinghouse.metering.row.RowKey;
import countinghouse.metering.row.RowText;
import countinghouse.metering.row.RowValue;
import countinghouse.metering.schedule.CountingSchedule;
import countinghouse.schemas.RedisKeys;
import countinghouse.serving.layers.Layers;
import countinghouse.serving.layers.LayersExtension;
import countinghouse.serving.scope.Accounts;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.netty.channel.EventLoop;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What is answered from memory and gathered reads is as exact as what is read anew. A read that gives up is none: the blocking one follows. */
@ExtendWith(LayersExtension.class)
class QuickReadTest {
    private static final Meter VIEWS = MeterCatalog.standard().meter("views").orElseThrow();
    private static final Instant NOON = Instant.parse("2026-10-05T12:00:00Z");
    private static final int ACCOUNTS = 7;
    private static final int ROWS = 210;
    private static final int GENERATIONS = 6;
    private static final int READERS = 3;

    private final Layers layers;
    private MergedCounts counts;

    QuickReadTest(Layers layers) {
        this.layers = layers;
    }

    @BeforeEach
    void open() {
        counts = new MergedCounts(layers.settings(), CountingSchedule.standard(), new SimpleMeterRegistry(), loops());
        // The first connection is opened by a read that may wait.
        layers.publish(1, NOON, List.of(), "0");
        counts.read(CountQuery.total(VIEWS).atLeast(1));
    }

    @AfterEach
    void close() {
        counts.close();
    }

    /** Those that get connections of their own; none, so that all share one. */
    List<EventLoop> loops() {
        return List.of();
    }

    /** Begins a read where the subclass wants it begun. */
    Optional<QuickRead> begin(Supplier<Optional<QuickRead>> reading) {
        return reading.get();
    }

    @Test
    void shouldShowEveryAcknowledgedWriteThatCameBeforeTheRead() throws Exception {
        AtomicBoolean writing = new AtomicBoolean(true);
        Queue<String> stale = new ConcurrentLinkedQueue<>();
        LongAdder answered = new LongAdder();
        long[] written = new long[1];
        List<Thread> readers = new ArrayList<>();
        for (int n = 0; n < READERS; n++) {
            readers.add(start(() -> {
                while (writing.get()) {
                    long atLeast;
                    synchronized (written) {
                        atLeast = written[0];
                    }
                    Optional<Long> value = quick("hot");
                    value.ifPresent(seen -> {
                        answered.increment();
                        if (seen < atLeast) {
                            stale.add(seen + " after " + atLeast);
                        }
                    });
                }
            }));
        }
        for (int n = 1; n <= 2_000; n++) {
            layers.speed(row("hot", 0), n, Integer.toString(n));
            synchronized (written) {
                written[0] = n;
            }
        }
        await().until(() -> answered.sum() > 0);
        writing.set(false);
        join(readers);

        assertThat(stale).isEmpty();
        assertThat(answered.sum()).isPositive();
    }

    @Test
    void shouldNeverShowAnotherTotalWhileGenerationsAndEpochsChange() throws Exception {
        List<RowKey> rows = new ArrayList<>();
        for (int index = 0; index < ROWS; index++) {
            rows.add(row("account-" + index % ACCOUNTS, index));
            layers.speed(rows.get(index), 1, "1");
        }
        AtomicBoolean changing = new AtomicBoolean(true);
        Queue<String> wrong = new ConcurrentLinkedQueue<>();
        LongAdder answered = new LongAdder();
        List<Thread> readers = new ArrayList<>();
        for (int n = 0; n < READERS; n++) {
            readers.add(start(() -> {
                for (int read = 0; changing.get(); read++) {
                    quick("account-" + read % ACCOUNTS).ifPresent(value -> {
                        answered.increment();
                        if (value != ROWS / ACCOUNTS) {
                            wrong.add(value.toString());
                        }
                    });
                }
            }));
        }
        for (int number = 2; number <= GENERATIONS; number++) {
            int closed = number * ROWS / (GENERATIONS + 1);
            layers.publish(number, NOON.plusSeconds(closed), rows.subList(0, closed), "1");
            flip(number, rows);
            counts.read(CountQuery.total(VIEWS).atLeast(number));
            long before = answered.sum();
            await().until(() -> answered.sum() > before + ACCOUNTS);
            layers.pointAt(number - 1L);
            await().until(() -> counts.read(CountQuery.total(VIEWS))
                            .freshness()
                            .generation()
                            .number()
                    < GENERATIONS);
            layers.pointAt(number);
        }
        changing.set(false);
        join(readers);

        assertThat(wrong).isEmpty();
    }

    @Test
    void shouldNotCallRowsCompleteThatWereRememberedBeforeRedisLostThem() throws Exception {
        layers.speed(row("lost", 0), 5, "5");
        await().until(() -> quick("lost").equals(Optional.of(5L)));

        layers.redis().flushall();

        assertThat(quick("lost"))
                .as("not live, so it says what is missing, if anything")
                .isEmpty();
        layers.redis().set(RedisKeys.EPOCH, Long.toString(Layers.EPOCH));
        layers.redis().set(RedisKeys.STATE, RedisKeys.STATE_LIVE);
        assertThat(quick("lost")).contains(0L);
        layers.speed(row("lost", 0), 5, "5");
        assertThat(quick("lost")).contains(5L);
    }

    @Test
    void shouldReadTotalsOnceTheSpeedLayerKeepsThem() throws Exception {
        layers.speed(row("kept", 0), 5, "5");
        assertThat(quick("kept")).contains(5L);

        layers.redis()
                .hset(
                        RedisKeys.totals("kept", "views", Layers.EPOCH),
                        Long.toString(NOON.toEpochMilli()),
                        "6|6|%d|%d".formatted(NOON.toEpochMilli(), NOON.toEpochMilli()));
        layers.redis().set(RedisKeys.LAYOUT, RedisKeys.LAYOUT_TOTALS);

        assertThat(quick("kept")).contains(6L);
    }

    /** The rows under the next epoch, which readers are then sent to; what was left behind is deleted. */
    private void flip(long epoch, List<RowKey> rows) {
        for (RowKey row : rows) {
            layers.redis()
                    .hset(
                            RedisKeys.rows(row.account(), "views", epoch),
                            Map.of(
                                    RowText.field(row),
                                    RowText.value(new RowValue(1, BigDecimal.ONE, Fingerprint.ZERO))));
            layers.redis().sadd(RedisKeys.accounts(epoch), row.account());
        }
        layers.redis().set(RedisKeys.EPOCH, Long.toString(epoch));
        for (int account = 0; account < ACCOUNTS; account++) {
            layers.redis().del(RedisKeys.rows("account-" + account, "views", epoch - 1));
        }
    }

    /** The value of a complete answer; empty if the read gave up or something was missing. */
    private Optional<Long> quick(String account) throws InterruptedException, TimeoutException {
        CountQuery query = CountQuery.total(VIEWS).of(Accounts.only(Set.of(account)));
        Optional<QuickRead> read = begin(() -> counts.readAtOnce(query));
        if (read.isEmpty()) {
            return Optional.empty();
        }
        try {
            CountAnswer answer = read.get().parts().get(30, TimeUnit.SECONDS).get();
            return answer.freshness().partial()
                    ? Optional.empty()
                    : Optional.of(answer.total().value(Aggregation.COUNT).longValueExact());
        } catch (ExecutionException e) {
            return Optional.empty();
        }
    }

    private interface Work {
        void run() throws Exception;
    }

    private static Thread start(Work work) {
        Thread thread = new Thread(() -> {
            try {
                work.run();
            } catch (Exception e) {
                throw new IllegalStateException(e);
            }
        });
        thread.start();
        return thread;
    }

    private static void join(List<Thread> threads) throws InterruptedException {
        for (Thread thread : threads) {
            thread.join();
        }
    }

    private static RowKey row(String account, int second) {
        long bucketMs = NOON.plusSeconds(second).toEpochMilli();
        return new RowKey(
                "views", account, "{\"video_id\":\"v1\"}", NOON.toEpochMilli(), bucketMs, "events.view-" + second % 12);
    }
}
