package countinghouse.serving.query;

import countinghouse.serving.flow.Flow;
import io.vertx.core.Handler;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;

/** {@code GET /api/v1/platform/flow}: what comes in, and how far it is counted. */
public final class FlowRoutes {
    private final Flow flow;
    private final CountsExecutor executor;

    public FlowRoutes(Flow flow, CountsExecutor executor) {
        this.flow = flow;
        this.executor = executor;
    }

    /** Mounts the route behind a handler that admits those who run the platform. */
    public void mount(Router router, Handler<RoutingContext> admins) {
        router.get("/api/v1/platform/flow")
                .handler(admins)
                .handler(context -> executor.answer(
                        context, asked -> Reply.json(flow.rates().toJson())));
    }
}
