package countinghouse.serving.batchview;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import countinghouse.metering.row.Measure;
import countinghouse.metering.row.Quantity;
import countinghouse.metering.row.Uniques;
import countinghouse.serving.memory.QuietReads;
import java.math.BigDecimal;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.JdbiException;
import org.jdbi.v3.core.transaction.TransactionIsolationLevel;

/**
 * The counts of published generations. They are immutable, so an answer is cached for as long as it is asked for; the key holds the
 * generation, so a cached answer can never be taken for another generation's.
 */
public final class BatchView implements AutoCloseable {
    private static final int TIMEOUT_SECONDS = 10;
    /** Column of the number of events. */
    private static final int N = 5;
    /** About what a row takes; an answer takes six times that beside its rows. */
    private static final long ROW_BYTES = 100;

    private static final int ANSWER_ROWS = 6;
    private static final long HEAP_SHARE = 8;

    private final Jdbi jdbi;
    private final GenerationWatch watch;
    private final Cache<Key, List<BatchRow>> cache = Caffeine.newBuilder()
            // Housekeeping is little; to wake a thread for it costs more.
            .executor(Runnable::run)
            .maximumWeight(Runtime.getRuntime().maxMemory() / HEAP_SHARE / ROW_BYTES)
            .weigher((Key key, List<BatchRow> rows) -> rows.size() + ANSWER_ROWS)
            .build();

    private final QuietReads<Key, List<BatchRow>> known = new QuietReads<>(cache);

    private final GatheredReads gathered = new GatheredReads((generation, query) -> read(new Key(generation, query)));

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
        if (generation.isNone()) {
            return List.of();
        }
        Key key = new Key(generation.number(), query);
        List<BatchRow> rows = known.get(key);
        return rows == null ? cache.get(key, this::read) : rows;
    }

    /**
     * The same without blocking; empty if the query is of a kind that is not read so. It fails as {@link #rows} does.
     */
    public Optional<CompletableFuture<List<BatchRow>>> rowsAtOnce(Generation generation, BatchQuery query) {
        if (generation.isNone()) {
            return Optional.of(CompletableFuture.completedFuture(List.of()));
        }
        Key key = new Key(generation.number(), query);
        List<BatchRow> rows = known.get(key);
        if (rows != null) {
            return Optional.of(CompletableFuture.completedFuture(rows));
        }
        return GatheredReads.canGather(query) && watch.isReachable()
                ? Optional.of(gathered.read(generation.number(), query).thenApply(read -> {
                    cache.put(key, read);
                    return read;
                }))
                : Optional.empty();
    }

    private List<BatchRow> read(Key key) {
        watch.requireReachable();
        try {
            Optional<List<BatchRow>> totals =
                    key.query.needsTotalsOnly() ? jdbi.withHandle(handle -> totals(handle, key)) : Optional.empty();
            return totals.isPresent()
                    ? totals.get()
                    : jdbi.inTransaction(TransactionIsolationLevel.REPEATABLE_READ, handle -> added(handle, key));
        } catch (JdbiException e) {
            throw new BatchUnavailableException(
                    "Cannot read the counts of generation %d from PostgreSQL".formatted(key.generation), e);
        }
    }

    /** Totals are kept of the generations that are or may soon be served; empty for another: its rows have to be added up. */
    private static Optional<List<BatchRow>> totals(Handle handle, Key key) {
        List<Optional<BatchRow>> rows = new TotalSql(key.query)
                .prepare(handle, key.generation)
                .setQueryTimeout(TIMEOUT_SECONDS)
                .map((row, context) -> row.getLong(N) == 0 ? Optional.<BatchRow>empty() : Optional.of(row(row)))
                .list();
        return rows.isEmpty()
                ? Optional.empty()
                : Optional.of(rows.stream().flatMap(Optional::stream).toList());
    }

    /** One snapshot sees both that the generation is kept and its rows: rows of a dropped generation would read as 0. */
    private static List<BatchRow> added(Handle handle, Key key) {
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
        return new BatchSql(key.query)
                .prepare(handle, key.generation)
                .setQueryTimeout(TIMEOUT_SECONDS)
                .map((row, context) -> row(row))
                .list();
    }

    private static BatchRow row(ResultSet row) throws SQLException {
        return new BatchRow(
                row.getString(1),
                row.getString(2),
                row.getObject(3, OffsetDateTime.class).toInstant().toEpochMilli(),
                row.getObject(4, OffsetDateTime.class).toInstant().toEpochMilli(),
                row.getLong(N),
                measure(row.getBigDecimal(6), row.getBytes(7)));
    }

    private static Measure measure(BigDecimal value, byte[] sketch) {
        return sketch == null ? new Quantity(value) : Uniques.ofBytes(sketch);
    }

    @Override
    public void close() {
        gathered.close();
    }
}
