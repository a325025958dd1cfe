package countinghouse.serving.query;

import countinghouse.kit.access.Principal;
import countinghouse.kit.http.ProblemException;
import countinghouse.metering.meter.Aggregation;
import countinghouse.metering.meter.Dimensions;
import countinghouse.metering.meter.Meter;
import countinghouse.serving.merge.MergedCounts;
import countinghouse.serving.speedview.SpeedSnapshot;
import countinghouse.serving.speedview.TopSnapshot;
import io.vertx.core.Handler;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;

/** {@code GET /api/v1/live/top}: what of an account is counted most at the moment, by the speed layer alone. */
public final class TopRoutes {
    private static final String METER = "meter";
    private static final String SUBJECT = "subject";
    private static final String LIMIT = "limit";
    private static final int DEFAULT_LIMIT = 10;

    private final MergedCounts counts;
    private final CountsExecutor executor;

    public TopRoutes(MergedCounts counts, CountsExecutor executor) {
        this.counts = counts;
        this.executor = executor;
    }

    /** Mounts the route behind a handler that admits readers. */
    public void mount(Router router, Handler<RoutingContext> readers) {
        router.get("/api/v1/live/top").handler(readers).handler(context -> executor.answer(context, this::top));
    }

    private Reply top(RoutingContext context) {
        Parameters parameters = Parameters.ofQueryString(context.queryParams());
        Meter meter = MeterRoutes.requireMeter(
                counts.meters(), parameters.single(METER).orElseThrow());
        String account = parameters.single(SUBJECT).orElseThrow();
        Principal.of(context).requireMaySee(account);
        requireSum(meter);
        TopSnapshot top = counts.liveTop(
                meter, account, parameters.single(LIMIT).map(Integer::parseInt).orElse(DEFAULT_LIMIT));
        return Reply.json(body(meter, account, top));
    }

    private static void requireSum(Meter meter) {
        if (meter.aggregation() != Aggregation.COUNT && meter.aggregation() != Aggregation.SUM) {
            throw new ProblemException(
                    ServingError.INVALID_QUERY,
                    "The meter '%s' is a %s; the highest are kept of counts and sums only. Ask /api/v1/meters/%s/query with groupBy"
                            .formatted(meter.slug(), meter.aggregation(), meter.slug()));
        }
    }

    private static Map<String, Object> body(Meter meter, String account, TopSnapshot top) {
        SpeedSnapshot snapshot = top.snapshot();
        Map<String, Object> body = new LinkedHashMap<>();
        body.put(METER, meter.slug());
        body.put(SUBJECT, account);
        body.put("liveOnly", true);
        body.put("since", snapshot.floorMs() <= 0 ? null : Instant.ofEpochMilli(snapshot.floorMs()));
        body.put("partial", snapshot.missing() != null);
        if (snapshot.missing() != null) {
            body.put("missing", snapshot.missing());
        }
        body.put("data", top.entries().stream().map(TopRoutes::entry).toList());
        return body;
    }

    private static Map<String, Object> entry(TopSnapshot.Entry entry) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("groupBy", Dimensions.parse(entry.dimensions()));
        fields.put("value", FreshnessFields.number(entry.value()));
        fields.put("events", entry.n());
        return fields;
    }
}
