package countinghouse.serving.query;

import countinghouse.kit.access.Principal;
import countinghouse.metering.meter.Aggregation;
import countinghouse.metering.meter.Meter;
import countinghouse.serving.merge.CountAnswer;
import countinghouse.serving.merge.CountQuery;
import countinghouse.serving.merge.MergedCounts;
import io.vertx.core.Handler;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The views of one video, over all its accounts that the caller may see. */
public final class VideoRoutes {
    private static final String VIDEO_ID = "video_id";
    private static final String GROSS = "views";
    private static final String BILLABLE = "billable_views";

    private final MergedCounts counts;
    private final CountsExecutor executor;

    public VideoRoutes(MergedCounts counts, CountsExecutor executor) {
        this.counts = counts;
        this.executor = executor;
    }

    /** Mounts the route behind a handler that admits readers. */
    public void mount(Router router, Handler<RoutingContext> readers) {
        router.get("/api/v1/videos/:id/views")
                .handler(readers)
                .handler(context -> executor.answer(context, this::views));
    }

    private Reply views(RoutingContext context) {
        String video = context.pathParam("id");
        CountAnswer gross = counts.read(query(GROSS, video, context));
        // Both numbers of one answer come from one generation, or the second from a later one: never from an older.
        CountAnswer billable = counts.read(query(BILLABLE, video, context)
                .atLeast(gross.freshness().generation().number()));
        Map<String, Object> body = new LinkedHashMap<>();
        body.put(VIDEO_ID, video);
        body.put("total_views", number(gross.total().value(Aggregation.COUNT)));
        body.put("revenue_views", number(billable.total().value(Aggregation.COUNT)));
        body.put("batch_views", number(gross.total().batch(Aggregation.COUNT)));
        body.put("realtime_views", number(gross.total().speed(Aggregation.COUNT)));
        body.putAll(FreshnessFields.of(gross.freshness()));
        if (gross.total().isEmpty()) {
            body.put("explanation", "No view of the video '%s' has been counted".formatted(video));
        }
        return Reply.json(body);
    }

    private CountQuery query(String slug, String video, RoutingContext context) {
        Meter meter = MeterRoutes.requireMeter(counts.meters(), slug);
        return CountQuery.total(meter)
                .of(AccountScope.of(Principal.of(context), List.of()))
                .where(Map.of(VIDEO_ID, Set.of(video)));
    }

    private static BigDecimal number(BigDecimal value) {
        return FreshnessFields.number(value);
    }
}
