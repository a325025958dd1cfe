package countinghouse.batch.publish;

import static org.assertj.core.api.Assertions.assertThat;

import countinghouse.kit.database.Migrations;
import countinghouse.metering.schedule.CountingSchedule;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Random histories of publishes, replaced days and rollbacks; whatever a reader may ask of a total must be the sum of the rows. */
class GenerationTotalsTest {
    private static final int MOVES = Boolean.getBoolean("countinghouse.full") ? 300 : 40;
    private static final LocalDate FIRST = LocalDate.of(2030, 1, 1);
    private static final List<String> METERS = List.of("watch_seconds", "shortest", "longest", "views");
    private static final CountingSchedule SCHEDULE = CountingSchedule.of(Map.of("meters.yaml", """
                    version: 1
                    meters:
                      - {slug: views, eventType: video.view, aggregation: COUNT}
                      - {slug: watch_seconds, eventType: video.view, aggregation: SUM, valueProperty: view_duration}
                      - {slug: shortest, eventType: video.view, aggregation: MIN, valueProperty: view_duration}
                      - {slug: longest, eventType: video.view, aggregation: MAX, valueProperty: view_duration}
                      - {slug: unique_viewers, eventType: video.view, aggregation: UNIQUE_COUNT, valueProperty: user_id}
                    """));

    /** What a reader of a total asks; the columns are n, value, first and last cell. */
    private static final String TOTALS = """
            SELECT DISTINCT ON (t.meter, t.account, t.dimensions) concat_ws(' ', t.meter, t.account, t.dimensions),
                concat_ws(' ', t.n, t.value, t.first_cell, t.last_cell), t.n
            FROM published.totals_kept k JOIN published.batch_total t
                ON t.generation <= k.generation AND t.generation <> ALL(k.abandoned)
            WHERE k.generation = ?
            ORDER BY t.meter, t.account, t.dimensions, t.generation DESC""";

    private static final String ROWS = """
            SELECT concat_ws(' ', c.meter, coalesce(c.account, ''), coalesce(c.dimensions, '')), concat_ws(' ', sum(c.n),
                CASE c.meter WHEN 'shortest' THEN min(c.value) WHEN 'longest' THEN max(c.value) ELSE sum(c.value) END,
                min(c.cell), max(c.cell)), sum(c.n)
            FROM published.generation_day d JOIN published.batch_count c USING (run_number, ingest_day)
            WHERE d.generation = ? AND c.meter <> 'unique_viewers'
            GROUP BY c.meter, CUBE (c.account, c.dimensions)""";

    private static EmbeddedPostgres postgres;
    private static Jdbi jdbi;

    private final GenerationTotals totals = new GenerationTotals(SCHEDULE.meters());
    private final Deque<Long> line = new ArrayDeque<>();
    private SplittableRandom random;
    private long numbers;

    @BeforeAll
    static void start() throws IOException {
        postgres = EmbeddedPostgres.start();
        Migrations.migrate(postgres.getPostgresDatabase(), "db/published", "published", Map.of());
        jdbi = Jdbi.create(postgres.getPostgresDatabase());
    }

    @AfterAll
    static void stop() throws IOException {
        postgres.close();
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2})
    void shouldAlwaysBeTheSumOfTheRows(long seed) {
        random = new SplittableRandom(seed);
        jdbi.useHandle(handle -> handle.execute("""
                UPDATE published.pointer SET generation = NULL;
                TRUNCATE published.batch_count, published.batch_day_total, published.batch_total, published.totals_kept;
                DELETE FROM published.generation_day; DELETE FROM published.generation; DELETE FROM published.run"""));
        int largest = 0;
        for (int move = 0; move < MOVES; move++) {
            boolean isRolledBack = line.size() > 1 && random.nextInt(4) == 0;
            if (isRolledBack) {
                line.pop();
            }
            jdbi.useTransaction(this::publish);
            for (long kept : kept()) {
                assertThat(read(TOTALS, kept))
                        .as("generation %d".formatted(kept))
                        .isEqualTo(read(ROWS, kept));
            }
            assertThat(kept()).contains(line.peek());
            largest = Math.max(largest, rowsPerTotal());
        }
        // What is kept does not grow with the history.
        assertThat(largest).isLessThanOrEqualTo(8);
    }

    private void publish(Handle handle) {
        Long parent = line.peek();
        long number = ++numbers;
        long run = handle.createQuery("INSERT INTO published.run (run_id) VALUES (?) RETURNING run_number")
                .bind(0, "run-" + numbers + "-" + System.nanoTime())
                .mapTo(Long.class)
                .one();
        List<LocalDate> days = days(handle, parent);
        days.forEach(day -> insertRows(handle, run, day));
        totals.addDays(handle, run);
        handle.execute("""
                INSERT INTO published.generation (number, parent, run_id, closed_through, manifest, published_by)
                SELECT ?, ?, run_id, now(), '{}', 'test' FROM published.run WHERE run_number = ?""", number, parent, run);
        handle.execute(
                "INSERT INTO published.generation_day SELECT ?, ingest_day, run_number FROM published.generation_day WHERE generation = ? AND ingest_day <> ALL(?)",
                number,
                parent,
                days.toArray(LocalDate[]::new));
        days.forEach(day -> handle.execute("INSERT INTO published.generation_day VALUES (?, ?, ?)", number, day, run));
        totals.add(handle, number, parent);
        line.push(number);
    }

    /** The last day again and the next one, as every night, or days of the past. */
    private List<LocalDate> days(Handle handle, Long parent) {
        int known = handle.createQuery("SELECT count(*) FROM published.generation_day WHERE generation = :parent")
                .bind("parent", parent)
                .mapTo(Integer.class)
                .one();
        List<LocalDate> days = new ArrayList<>();
        if (known > 1 && random.nextInt(4) == 0) {
            days.add(FIRST.plusDays(random.nextInt(known)));
            return days;
        }
        if (known > 0) {
            days.add(FIRST.plusDays(known - 1L));
        }
        days.add(FIRST.plusDays(known));
        return days;
    }

    private void insertRows(Handle handle, long run, LocalDate day) {
        Map<String, Object[]> rows = new TreeMap<>();
        for (int row = random.nextInt(6); row > 0; row--) {
            String account = "account-" + random.nextInt(3);
            String meter = random.nextInt(10) == 0 ? "unique_viewers" : METERS.get(random.nextInt(METERS.size()));
            OffsetDateTime cell =
                    day.atStartOfDay().plusMinutes(15L * random.nextInt(96)).atOffset(ZoneOffset.UTC);
            String dimensions = random.nextBoolean() ? "{}" : "{\"video_id\":\"v\"}";
            rows.put(meter + account + cell + dimensions, new Object[] {
                run,
                day,
                meter,
                account,
                dimensions,
                cell,
                random.nextInt(1, 9),
                BigDecimal.valueOf(random.nextInt(-500, 500), 2),
                new byte[16]
            });
        }
        rows.values()
                .forEach(row ->
                        handle.execute("INSERT INTO published.batch_count VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)", row));
    }

    private static List<Long> kept() {
        return jdbi.withHandle(handle -> handle.createQuery("SELECT generation FROM published.totals_kept")
                .mapTo(Long.class)
                .list());
    }

    private static int rowsPerTotal() {
        return jdbi.withHandle(
                handle -> handle.createQuery("""
                        SELECT coalesce(max(rows), 0) FROM
                            (SELECT count(*) AS rows FROM published.batch_total GROUP BY meter, account, dimensions) t""").mapTo(Integer.class).one());
    }

    /** Without what has no events left. */
    private static Map<String, String> read(String sql, long generation) {
        Map<String, String> read = new TreeMap<>();
        jdbi.useHandle(handle -> handle.createQuery(sql)
                .bind(0, generation)
                .map((row, context) -> row.getLong(3) == 0 ? null : Map.entry(row.getString(1), row.getString(2)))
                .forEach(entry -> {
                    if (entry != null) {
                        read.put(entry.getKey(), entry.getValue());
                    }
                }));
        return read;
    }
}
