package countinghouse.serving.live;

import countinghouse.kit.access.Principal;
import countinghouse.metering.meter.Meter;
import countinghouse.serving.merge.MergedCounts;
import countinghouse.serving.query.AccountScope;
import countinghouse.serving.query.CountsExecutor;
import countinghouse.serving.query.MeterRoutes;
import io.vertx.core.Handler;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.util.List;

/** {@code GET /api/v1/live?meter=...&subject=...}: totals as they move, as server-sent events. */
public final class LiveRoutes {
    private final MergedCounts counts;
    private final LiveTotals totals;
    private final CountsExecutor executor;
    private final ChangeHints hints;

    public LiveRoutes(MergedCounts counts, CountsExecutor executor, ChangeHints hints) {
        this.counts = counts;
        this.totals = new LiveTotals(counts);
        this.executor = executor;
        this.hints = hints;
    }

    /** Mounts the route behind a handler that admits readers. */
    public void mount(Router router, Handler<RoutingContext> readers) {
        router.get("/api/v1/live").handler(readers).handler(this::open);
    }

    private void open(RoutingContext context) {
        LiveSubscription subscription = new LiveSubscription(
                meters(context.queryParam("meter")),
                AccountScope.of(Principal.of(context), context.queryParam("subject")));
        LiveStream stream = new LiveStream(context.vertx(), context.response(), subscription, totals, executor);
        context.addEndHandler(ended -> {
            hints.remove(stream);
            stream.stop();
        });
        executor.read(() -> {
                    hints.connect();
                    return stream;
                })
                .onSuccess(connected -> {
                    if (!context.response().closed()) {
                        hints.add(stream);
                        stream.start();
                    }
                })
                .onFailure(context::fail);
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
