package countinghouse.serving.live;

import countinghouse.kit.access.Principal;
import countinghouse.metering.meter.Meter;
import countinghouse.serving.merge.MergedCounts;
import countinghouse.serving.query.AccountScope;
import countinghouse.serving.query.CountsExecutor;
import countinghouse.serving.query.MeterRoutes;
import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.util.List;

/** {@code GET /api/v1/live?meter=...&subject=...}: totals as they move, as server-sent events. */
public final class LiveRoutes implements AutoCloseable {
    private final MergedCounts counts;
    private final LiveTotals totals;
    private final CountsExecutor executor;
    private final ChangeHints hints;
    private final LiveStreams streams;

    /** @param mostStreams that are open at once */
    public LiveRoutes(Vertx vertx, MergedCounts counts, CountsExecutor executor, ChangeHints hints, int mostStreams) {
        this.counts = counts;
        this.totals = new LiveTotals(counts);
        this.executor = executor;
        this.hints = hints;
        this.streams = new LiveStreams(vertx, mostStreams);
        hints.add(streams);
    }

    /** Mounts the route behind a handler that admits readers. */
    public void mount(Router router, Handler<RoutingContext> readers) {
        router.get("/api/v1/live").handler(readers).handler(this::open);
    }

    private void open(RoutingContext context) {
        LiveSubscription subscription = new LiveSubscription(
                meters(context.queryParam("meter")),
                AccountScope.of(Principal.of(context), context.queryParam("subject")));
        LiveStream stream = new LiveStream(context.request(), subscription, totals, executor);
        streams.add(stream);
        context.addEndHandler(ended -> streams.remove(stream));
        executor.read(() -> {
                    hints.connect();
                    return stream;
                })
                .onSuccess(connected -> {
                    if (!context.response().closed()) {
                        stream.start();
                    }
                })
                .onFailure(context::fail);
    }

    /** How many streams are open. */
    public int openStreams() {
        return streams.size();
    }

    @Override
    public void close() {
        streams.close();
    }

    private List<Meter> meters(List<String> slugs) {
        return slugs.isEmpty()
                ? counts.meters().meters()
                : slugs.stream()
                        .distinct()
                        .map(slug -> MeterRoutes.requireMeter(counts.meters(), slug))
                        .toList();
    }
}
