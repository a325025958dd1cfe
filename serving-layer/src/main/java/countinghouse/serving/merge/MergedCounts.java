package countinghouse.serving.merge;

import countinghouse.kit.config.Settings;
import countinghouse.kit.database.Database;
import countinghouse.kit.database.DatabaseConfig;
import countinghouse.kit.remote.RemoteBreaker;
import countinghouse.metering.meter.Meter;
import countinghouse.metering.meter.MeterCatalog;
import countinghouse.metering.schedule.CountingSchedule;
import countinghouse.schemas.VideoAccounts;
import countinghouse.serving.batchview.BatchRow;
import countinghouse.serving.batchview.BatchUnavailableException;
import countinghouse.serving.batchview.BatchView;
import countinghouse.serving.batchview.Generation;
import countinghouse.serving.batchview.GenerationWatch;
import countinghouse.serving.batchview.PublishedPointer;
import countinghouse.serving.batchview.UnknownGenerationException;
import countinghouse.serving.scope.Accounts;
import countinghouse.serving.speedview.LiveSnapshot;
import countinghouse.serving.speedview.ProgressSnapshot;
import countinghouse.serving.speedview.SpeedConfig;
import countinghouse.serving.speedview.SpeedSnapshot;
import countinghouse.serving.speedview.SpeedUnavailableException;
import countinghouse.serving.speedview.SpeedView;
import countinghouse.serving.speedview.SpeedView.Detail;
import countinghouse.serving.speedview.TopSnapshot;
import countinghouse.serving.speedview.VideoFilter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.netty.channel.EventLoop;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Jdbi;

/**
 * The merge of both layers: {@code total = batch(g) + speed(bucket >= g.closedThrough)}.
 *
 * <p>Invariant: one {@link Generation} value, taken once at the start of a read, supplies both the batch rows and the
 * {@code closedThrough} of the speed rows. A publish or rollback in the middle of a read therefore changes nothing: the read is that of the
 * older pointer, and both generations give the same total. What could hurt an old pointer is the deletion of speed rows; the floor,
 * read after the rows, tells.
 *
 * <p>Calls block (PostgreSQL on a miss, Redis always): never on an event loop. Safe for concurrent use.
 */
public final class MergedCounts implements AutoCloseable {
    private static final Duration DATABASE_TIMEOUT = Duration.ofSeconds(12);

    /** More are read by a thread of their own. */
    private static final int FEW_ACCOUNTS = 16;

    /** To look up the accounts of more may take longer than to read them all. */
    private static final int MOST_VIDEOS = 100;

    private final MeterCatalog meters;
    private final CountAnswers answers;
    private final Database database;
    private final GenerationWatch watch;
    private final BatchView batchView;
    private final SpeedView speedView;
    private final RemoteBreaker redis;

    public MergedCounts(Settings settings, CountingSchedule schedule) {
        this(settings, schedule, new SimpleMeterRegistry());
    }

    public MergedCounts(Settings settings, CountingSchedule schedule, MeterRegistry metrics) {
        this(settings, schedule, metrics, List.of());
    }

    /** @param loops that call {@link #readAtOnce}; each gets a connection to Redis of its own */
    public MergedCounts(Settings settings, CountingSchedule schedule, MeterRegistry metrics, List<EventLoop> loops) {
        this.meters = schedule.meters();
        this.answers = new CountAnswers(schedule, Clock.systemUTC());
        this.database = Database.open(DatabaseConfig.from(settings).answeringWithin(DATABASE_TIMEOUT));
        this.watch = new GenerationWatch(
                new PublishedPointer(database.jdbi()),
                settings.duration("serving.pointer-interval", Duration.ofSeconds(1)));
        this.batchView = new BatchView(database.jdbi(), watch);
        this.speedView = new SpeedView(SpeedConfig.from(settings), loops);
        this.redis = new RemoteBreaker(
                "redis",
                metrics,
                SpeedUnavailableException.class,
                open -> new SpeedUnavailableException(
                        "Redis failed five times in a row; it is tried again in a second", open));
        Gauge.builder("circuit_breaker_state", watch, known -> known.complaint().isPresent() ? 2 : 0)
                .tag("remote", "postgres")
                .description("0 closed, 1 trying, 2 open")
                .strongReference(true)
                .register(metrics);
    }

    public MeterCatalog meters() {
        return meters;
    }

    /**
     * The database of the published counts, for what is read beside them.
     *
     * @throws BatchUnavailableException if it is known to be down
     */
    public Jdbi published() {
        watch.requireReachable();
        return database.jdbi();
    }

    /** What is wrong with the published counts, for readiness; empty if nothing is. */
    public Optional<String> complaint() {
        return watch.complaint();
    }

    /**
     * Answers a query.
     *
     * @throws UnknownGenerationException if {@code minGeneration} is not published yet
     * @throws BatchUnavailableException if PostgreSQL is down and the counts are not cached
     * @throws SpeedUnavailableException if Redis is down and nothing is published that could be answered instead
     */
    public CountAnswer read(CountQuery query) {
        Generation generation = generation(query.minGeneration());
        CountAnswer answer;
        try {
            answer = read(query, generation);
        } catch (UnknownGenerationException e) {
            // The pointer moved on, and what it pointed at is no longer kept.
            return read(query, watch.refresh());
        }
        if (answer.freshness().partial() && !generation.isNone()) {
            // Speed rows are deleted only after a publish; perhaps only our pointer is old.
            Generation newest = refreshed(generation);
            return newest.equals(generation) ? answer : read(query, newest);
        }
        return answer;
    }

    /**
     * Begins to answer a query about a few accounts without blocking; empty if that cannot be. What comes of it may be partial or fail for a
     * reason that {@link #read} would have overcome, so whoever gets no complete answer asks there.
     */
    public Optional<QuickRead> readAtOnce(CountQuery query) {
        Optional<Generation> known = watch.known().filter(generation -> generation.number() >= query.minGeneration());
        if (known.isEmpty()
                || !redis.isClosed()
                || query.accounts().all()
                || query.accounts().names().size() > FEW_ACCOUNTS) {
            return Optional.empty();
        }
        Generation generation = known.get();
        return batchView.rowsAtOnce(generation, answers.batchQuery(query)).flatMap(batch -> speedView
                .readAtOnce(query.meter().slug(), query.accounts().names(), detail(query))
                .map(speed -> new QuickRead(
                        batch, speed, (rows, snapshot) -> answers.of(query, generation, rows, snapshot))));
    }

    private static Detail detail(CountQuery query) {
        return query.needsTotalsOnly() ? Detail.TOTALS : Detail.ROWS;
    }

    private static Optional<VideoFilter> videos(CountQuery query, Generation generation) {
        return Optional.ofNullable(query.where().get(VideoAccounts.DIMENSION))
                .filter(videos -> VideoAccounts.METERS.contains(query.meter().slug()) && videos.size() <= MOST_VIDEOS)
                .map(videos -> new VideoFilter(videos, generation.closedThroughMs()));
    }

    /**
     * The dimensions of an account with the highest values of a meter, of the speed layer alone: over the buckets that it holds.
     *
     * @throws SpeedUnavailableException if Redis is down
     */
    public TopSnapshot liveTop(Meter meter, String account, int limit) {
        return redis.call(() -> speedView.top(meter.slug(), account, limit));
    }

    /**
     * A live view of some accounts, of the speed layer alone.
     *
     * @throws SpeedUnavailableException if Redis is down
     */
    public LiveSnapshot liveView(String view, Accounts accounts) {
        return redis.call(() -> speedView.live(view, accounts));
    }

    /**
     * How far the speed layer's rows reach in the event log.
     *
     * @throws SpeedUnavailableException if Redis is down
     */
    public ProgressSnapshot progress() {
        return redis.call(speedView::progress);
    }

    private CountAnswer read(CountQuery query, Generation generation) {
        List<BatchRow> batch = batchView.rows(generation, answers.batchQuery(query));
        SpeedSnapshot speed;
        try {
            speed = redis.call(() ->
                    speedView.read(query.meter().slug(), query.accounts(), detail(query), videos(query, generation)));
        } catch (SpeedUnavailableException e) {
            if (generation.isNone()) {
                throw e;
            }
            return answers.withoutSpeed(query, generation, batch);
        }
        return answers.of(query, generation, batch, speed);
    }

    private Generation generation(long minimum) {
        Generation generation = watch.current();
        if (generation.number() < minimum) {
            generation = watch.refresh();
        }
        if (generation.number() < minimum) {
            throw new UnknownGenerationException("Generation %d is not published; the newest is %s"
                    .formatted(minimum, generation.isNone() ? "none" : generation.number()));
        }
        return generation;
    }

    private Generation refreshed(Generation known) {
        try {
            return watch.refresh();
        } catch (BatchUnavailableException e) {
            return known;
        }
    }

    @Override
    public void close() {
        watch.close();
        batchView.close();
        speedView.close();
        database.close();
    }
}
