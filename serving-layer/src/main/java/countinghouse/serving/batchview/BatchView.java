package countinghouse.serving.batchview;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import countinghouse.metering.row.Measure;
import countinghouse.metering.row.Quantity;
import countinghouse.metering.row.Uniques;
import java.math.BigDecimal;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.JdbiException;
import org.jdbi.v3.core.statement.Query;
import org.jdbi.v3.core.transaction.TransactionIsolationLevel;

/**
 * The counts of published generations. They are immutable, so an answer is cached for as long as it is asked for; the key holds the
 * generation, so a cached answer can never be taken for another generation's.
 */
public final class BatchView {
    private static final int TIMEOUT_SECONDS = 10;
    /** About what a row takes; an answer takes six times that beside its rows. */
    private static final long ROW_BYTES = 100;

    private static final int ANSWER_ROWS = 6;
    private static final long HEAP_SHARE = 4;

    private final Jdbi jdbi;
    private final GenerationWatch watch;
    private final Cache<Key, List<BatchRow>> cache = Caffeine.newBuilder()
            .maximumWeight(Runtime.getRuntime().maxMemory() / HEAP_SHARE / ROW_BYTES)
            .weigher((Key key, List<BatchRow> rows) -> rows.size() + ANSWER_ROWS)
            .build();

    private record Key(long generation, BatchQuery query) {}

    public BatchView(Jdbi jdbi, GenerationWatch watch) {
        this.jdbi = jdbi;
        this.watch = watch;
    }

    /**
     * The rows of a generation.
     *
     * @throws UnknownGenerationException if the generation is not (or no longer) kept
     * @throws BatchUnavailableException if they are not cached and PostgreSQL cannot be asked
     */
    public List<BatchRow> rows(Generation generation, BatchQuery query) {
        return generation.isNone() ? List.of() : cache.get(new Key(generation.number(), query), this::read);
    }

    /** The same from memory alone; empty if they are not there. */
    public Optional<List<BatchRow>> cachedRows(Generation generation, BatchQuery query) {
        return generation.isNone()
                ? Optional.of(List.of())
                : Optional.ofNullable(cache.getIfPresent(new Key(generation.number(), query)));
    }

    private List<BatchRow> read(Key key) {
        watch.requireReachable();
        try {
            return jdbi.inTransaction(TransactionIsolationLevel.REPEATABLE_READ, handle -> read(handle, key));
        } catch (JdbiException e) {
            throw new BatchUnavailableException(
                    "Cannot read the counts of generation %d from PostgreSQL".formatted(key.generation), e);
        }
    }

    /** One snapshot sees both that the generation is kept and its rows: rows of a dropped generation would read as 0. */
    private static List<BatchRow> read(Handle handle, Key key) {
        handle.setReadOnly(true);
        boolean kept = handle.createQuery("SELECT count(*) FROM published.generation WHERE number = :generation")
                        .bind("generation", key.generation)
                        .mapTo(Long.class)
                        .one()
                > 0;
        if (!kept) {
            throw new UnknownGenerationException(
                    "There is no generation %d; it was never published, or is no longer kept"
                            .formatted(key.generation));
        }
        Query statement = key.query.needsTotalsOnly() && hasTotals(handle, key.generation)
                ? new TotalSql(key.query).prepare(handle, key.generation)
                : new BatchSql(key.query).prepare(handle, key.generation);
        return statement
                .setQueryTimeout(TIMEOUT_SECONDS)
                .map((row, context) -> row(row))
                .list();
    }

    /** Totals are kept of the generations that are or may soon be served; those of others have to be added up. */
    private static boolean hasTotals(Handle handle, long generation) {
        return handle.createQuery("SELECT EXISTS (SELECT 1 FROM published.totals_kept WHERE generation = :generation)")
                .bind("generation", generation)
                .mapTo(Boolean.class)
                .one();
    }

    private static BatchRow row(ResultSet row) throws SQLException {
        return new BatchRow(
                row.getString(1),
                row.getString(2),
                row.getObject(3, OffsetDateTime.class).toInstant().toEpochMilli(),
                row.getObject(4, OffsetDateTime.class).toInstant().toEpochMilli(),
                row.getLong(5),
                measure(row.getBigDecimal(6), row.getBytes(7)));
    }

    private static Measure measure(BigDecimal value, byte[] sketch) {
        return sketch == null ? new Quantity(value) : Uniques.ofBytes(sketch);
    }
}
