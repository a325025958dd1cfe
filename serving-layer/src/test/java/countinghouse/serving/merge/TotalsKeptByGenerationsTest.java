package countinghouse.serving.merge;

import static org.assertj.core.api.Assertions.assertThat;

import countinghouse.metering.meter.Aggregation;
import countinghouse.metering.meter.Meter;
import countinghouse.metering.meter.MeterCatalog;
import countinghouse.metering.schedule.CountingSchedule;
import countinghouse.serving.layers.Layers;
import countinghouse.serving.layers.LayersExtension;
import countinghouse.serving.scope.Accounts;
import countinghouse.serving.window.WindowSize;
import countinghouse.serving.window.Windows;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Totals over everything come from what the batch layer keeps with a generation; PostgreSQL itself says how many rows that touches. */
@ExtendWith(LayersExtension.class)
class TotalsKeptByGenerationsTest {
    private static final Meter VIEWS = MeterCatalog.standard().meter("views").orElseThrow();
    private static final int ACCOUNTS = 40;
    private static final int VIDEOS = 4;
    private static final int CELLS_A_DAY = 8;
    private static final Accounts ONE = Accounts.only(Set.of("account-7"));

    private final Layers layers;

    TotalsKeptByGenerationsTest(Layers layers) {
        this.layers = layers;
    }

    @Test
    void shouldTouchAsFewRowsOfALongHistoryAsOfAShortOne() {
        publishHistory(1, 10);
        long ofShort = totalRowsTouched(10);
        layers.reset();
        publishHistory(1, 400);
        long ofLong = totalRowsTouched(400);

        // Three reads; so small a table PostgreSQL may read whole.
        assertThat(ofLong).isEqualTo(ofShort).isLessThanOrEqualTo(3 * (2 * ACCOUNTS + VIDEOS + 1L));
    }

    @Test
    void shouldAnswerFromTheLineOfTheServedGeneration() {
        publishHistory(1, 3);
        // Generation 2 was rolled back, and 3 follows on 1; an account that 3 did not change has its total of 1.
        layers.publish(2, Instant.parse("2030-02-01T00:00:00Z"), List.of(), "0");
        layers.publish(3, Instant.parse("2030-02-01T00:00:00Z"), List.of(), "0");
        layers.jdbi().useHandle(handle -> handle.execute("""
                INSERT INTO published.batch_total VALUES
                    (2, 'views', 'account-7', '', 99, 99, '2030-01-01Z', '2030-01-01Z'),
                    (2, 'views', '', '', 999, 999, '2030-01-01Z', '2030-01-01Z'),
                    (3, 'views', '', '', 1000, 1000, '2030-01-01Z', '2030-01-01Z'),
                    (3, 'views', 'account-8', '', 0, 0, NULL, NULL);
                INSERT INTO published.totals_kept VALUES (2, '{}'), (3, '{2}')"""));
        long ofOne = 3L * CELLS_A_DAY;

        assertThat(total(Accounts.ALL)).isEqualTo(1_000);
        assertThat(total(ONE)).isEqualTo(ofOne);
        assertThat(total(Accounts.only(Set.of("account-7", "account-8")))).isEqualTo(ofOne);
        layers.pointAt(2);
        assertThat(total(ONE)).isEqualTo(99);
        layers.pointAt(1);
        assertThat(total(Accounts.only(Set.of("account-7", "account-8")))).isEqualTo(2 * ofOne);
    }

    /** Reads the totals of one account and of all, and a history by the day for comparison. */
    private long totalRowsTouched(int days) {
        awaitReadersGone();
        long sums = touched("batch_total");
        long rows = touched("batch_count");
        assertThat(total(ONE)).isEqualTo((long) days * CELLS_A_DAY);
        assertThat(total(Accounts.ALL)).isEqualTo((long) days * CELLS_A_DAY * ACCOUNTS);
        assertThat(ofVideo("v3")).isEqualTo((long) days * CELLS_A_DAY * ACCOUNTS / VIDEOS);
        awaitReadersGone();
        assertThat(touched("batch_count")).isEqualTo(rows);
        long touched = touched("batch_total") - sums;

        read(CountQuery.total(VIEWS).of(ONE).windowed(new Windows(WindowSize.DAY, ZoneOffset.UTC)));
        awaitReadersGone();
        assertThat(touched("batch_count") - rows).isGreaterThanOrEqualTo((long) days * CELLS_A_DAY);
        return touched;
    }

    private long ofVideo(String video) {
        return read(CountQuery.total(VIEWS).where(Map.of("video_id", Set.of(video))))
                .total()
                .value(Aggregation.COUNT)
                .longValueExact();
    }

    private long total(Accounts accounts) {
        return read(CountQuery.total(VIEWS).of(accounts))
                .total()
                .value(Aggregation.COUNT)
                .longValueExact();
    }

    /** A new reader each time, with nothing cached. */
    private CountAnswer read(CountQuery query) {
        try (MergedCounts counts = new MergedCounts(layers.settings(), CountingSchedule.standard())) {
            return counts.read(query);
        }
    }

    /** A connection tells what it touched before it ends, and not before it must. */
    private void awaitReadersGone() {
        Awaitility.await().atMost(Duration.ofSeconds(30)).until(() -> connections() == 0);
    }

    /** Connections of anybody but the one that asks. */
    private long connections() {
        return layers.jdbi().withHandle(handle -> handle.createQuery(
                        "SELECT count(*) FROM pg_stat_activity WHERE backend_type = 'client backend' AND pid <> pg_backend_pid()")
                .mapTo(Long.class)
                .one());
    }

    /** Rows of a table that were ever looked at. */
    private long touched(String table) {
        return layers.jdbi().withHandle(handle -> handle.createQuery(
                        "SELECT seq_tup_read + coalesce(idx_tup_fetch, 0) FROM pg_stat_user_tables WHERE relname = :table")
                .bind("table", table)
                .mapTo(Long.class)
                .one());
    }

    /** A generation with a run for each day, every account in every cell, and the totals that its publish keeps. */
    private void publishHistory(long generation, int days) {
        layers.publish(generation, Instant.parse("2029-12-31T00:00:00Z"), List.of(), "0");
        layers.jdbi().useHandle(handle -> {
            handle.execute("DELETE FROM published.generation_day WHERE generation = ?", generation);
            handle.execute("""
                    INSERT INTO published.run (run_number, run_id)
                    SELECT 1000000 + day, 'day-' || day FROM generate_series(1, ?) day""", days);
            handle.execute("""
                    INSERT INTO published.generation_day
                    SELECT ?, DATE '2028-12-31' + day, 1000000 + day FROM generate_series(1, ?) day""", generation, days);
            handle.execute("""
                    INSERT INTO published.batch_count
                    SELECT 1000000 + day, DATE '2028-12-31' + day, 'views', 'account-' || account, '{"video_id":"v' || account % 4 || '"}',
                        TIMESTAMPTZ '2028-12-31 00:00Z' + day * INTERVAL '1 day' + cell * INTERVAL '15 minutes', 1, 1,
                        decode(repeat('00', 16), 'hex')
                    FROM generate_series(1, ?) day, generate_series(1, ?) account, generate_series(1, ?) cell""", days, ACCOUNTS, CELLS_A_DAY);
            handle.execute("""
                    INSERT INTO published.batch_total
                    SELECT ?, 'views', coalesce(account, ''), coalesce(dimensions, ''), sum(n), sum(value), min(cell), max(cell)
                    FROM published.batch_count GROUP BY CUBE (account, dimensions)""", generation);
            handle.execute("INSERT INTO published.totals_kept VALUES (?, '{}')", generation);
            handle.execute("ANALYZE published.batch_count");
            handle.execute("ANALYZE published.batch_total");
        });
    }
}
