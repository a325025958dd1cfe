package countinghouse.serving.publication;

import countinghouse.metering.meter.Aggregation;
import countinghouse.metering.meter.Meter;
import countinghouse.metering.meter.MeterCatalog;
import countinghouse.serving.publication.PublishedFigures.Days;
import countinghouse.serving.publication.PublishedFigures.Gate;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.function.ToDoubleFunction;
import org.jdbi.v3.core.Jdbi;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Gauges of what the batch layer published, measured and refused. Its steps are commands that end, so a process that stays reads their figures
 * from PostgreSQL. What is not known has no value (NaN).
 */
public final class PublicationMetrics implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(PublicationMetrics.class);
    private static final List<String> GATES = List.of("raw", "counts");
    private static final double MS_PER_SECOND = 1e3;

    private final PublishedFiguresQuery query;
    private final Clock clock;
    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor(work -> {
        Thread thread = new Thread(work, "publication-metrics");
        thread.setDaemon(true);
        return thread;
    });
    private volatile PublishedFigures figures = PublishedFigures.NONE;

    private PublicationMetrics(PublishedFiguresQuery query, Clock clock) {
        this.query = query;
        this.clock = clock;
    }

    /**
     * Registers the gauges, and reads their figures from now on.
     *
     * @param published the database, as long as it answers
     * @param amounts whether daily values are told too, which include revenue: whoever reaches the port can read them
     * @param interval between two readings
     */
    public static PublicationMetrics start(
            Supplier<Jdbi> published,
            MeterCatalog meters,
            MeterRegistry registry,
            boolean amounts,
            Clock clock,
            Duration interval) {
        List<String> slugs = meters.meters().stream()
                .filter(meter -> amounts)
                .filter(meter -> meter.aggregation() == Aggregation.COUNT || meter.aggregation() == Aggregation.SUM)
                .map(Meter::slug)
                .toList();
        PublicationMetrics metrics = new PublicationMetrics(new PublishedFiguresQuery(published, slugs), clock);
        metrics.register(registry, slugs);
        var unused = metrics.timer.scheduleWithFixedDelay(
                metrics::readQuietly, 0, interval.toMillis(), TimeUnit.MILLISECONDS);
        return metrics;
    }

    private void register(MeterRegistry registry, List<String> slugs) {
        Gauge.builder("countinghouse.generation.number", () -> figures.generation()
                        .map(served -> (double) served.number())
                        .orElse(Double.NaN))
                .description("The generation that is served")
                .register(registry);
        Gauge.builder(
                        "countinghouse.generation.age.seconds",
                        () -> age(figures.generation().map(PublishedFigures.Served::publishedAt)))
                .description("Since the served generation was published")
                .register(registry);
        Gauge.builder(
                        "countinghouse.generation.closed.age.seconds",
                        () -> age(figures.generation().map(PublishedFigures.Served::closedThrough)))
                .description("Since the end of the last bucket that the served generation counts")
                .register(registry);
        for (String gate : GATES) {
            Gauge.builder("countinghouse.gate.failures", () -> ofGate(gate, Gate::failures))
                    .description("Checks of the run begun last that did not hold")
                    .tag("gate", gate)
                    .register(registry);
            Gauge.builder("countinghouse.gate.warnings", () -> ofGate(gate, Gate::warnings))
                    .description("What the run begun last found odd and let pass")
                    .tag("gate", gate)
                    .register(registry);
        }
        Gauge.builder("countinghouse.reconcile.rows", () -> ofComparison(PublishedFigures.Compared::rows))
                .description("Rows of both layers that were compared last")
                .register(registry);
        Gauge.builder("countinghouse.reconcile.mismatches", () -> ofComparison(PublishedFigures.Compared::mismatches))
                .description("Those of them that differ without a reason")
                .register(registry);
        Gauge.builder("countinghouse.proof.faults", () -> figures.proof()
                        .map(proof -> (double) proof.faults())
                        .orElse(Double.NaN))
                .description("Partitions of which the archive was last not proven complete")
                .register(registry);
        Gauge.builder(
                        "countinghouse.proof.age.seconds",
                        () -> age(figures.proof().map(PublishedFigures.Proof::at)))
                .description("Since the archive was last compared with the log")
                .register(registry);
        for (String slug : slugs) {
            registerDay(registry, slug, "last", Days::last);
            registerDay(registry, slug, "before", Days::before);
        }
    }

    private void registerDay(MeterRegistry registry, String slug, String day, ToDoubleFunction<Days> value) {
        Gauge.builder(
                        "countinghouse.published.day.value",
                        () -> value.applyAsDouble(figures.days().getOrDefault(slug, Days.NONE)))
                .description(
                        "Of all accounts together, on the last whole ingest day of the generation and the one before")
                .tag("meter", slug)
                .tag("day", day)
                .register(registry);
    }

    private double age(Optional<Instant> since) {
        return since.map(instant -> (clock.millis() - instant.toEpochMilli()) / MS_PER_SECOND)
                .orElse(Double.NaN);
    }

    private double ofGate(String gate, ToDoubleFunction<Gate> figure) {
        PublishedFigures known = figures;
        Gate found = known.gates().get(gate);
        if (found != null) {
            return figure.applyAsDouble(found);
        }
        return known.equals(PublishedFigures.NONE) ? Double.NaN : 0;
    }

    private double ofComparison(ToDoubleFunction<PublishedFigures.Compared> figure) {
        return figures.reconciliation().map(figure::applyAsDouble).orElse(Double.NaN);
    }

    private void readQuietly() {
        try {
            figures = query.read();
        } catch (RuntimeException e) {
            // What is stale must not look fresh, least of all a gate that held.
            figures = PublishedFigures.NONE;
            LOG.warn("Cannot read what was published, for metrics: {}", e.getMessage());
        }
    }

    @Override
    public void close() {
        timer.shutdownNow();
    }
}
