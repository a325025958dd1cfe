package countinghouse.billing.api;

import countinghouse.billing.BillingError;
import countinghouse.billing.BillingException;
import countinghouse.billing.plan.PlanException;
import countinghouse.kit.http.Json;
import countinghouse.kit.http.ProblemException;
import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import io.vertx.core.WorkerExecutor;
import io.vertx.ext.web.RoutingContext;
import java.util.Map;
import java.util.function.Function;
import org.jdbi.v3.core.JdbiException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Does the blocking work of requests away from the event loop, and turns what goes wrong into problems: money fails closed. */
final class BillingExecutor implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(BillingExecutor.class);
    private static final int THREADS = 8;

    private final WorkerExecutor workers;

    BillingExecutor(Vertx vertx) {
        workers = vertx.createSharedWorkerExecutor("billing", THREADS);
    }

    /** A handler that answers with what the work returns, as JSON. */
    Handler<RoutingContext> answer(Function<RoutingContext, Map<String, ?>> work) {
        return context -> workers.executeBlocking(() -> Json.text(translated(work, context)), false)
                .onSuccess(body -> {
                    var unused = context.response()
                            .putHeader("Content-Type", "application/json")
                            .putHeader("Cache-Control", "no-store")
                            .end(body);
                })
                .onFailure(context::fail);
    }

    private static Map<String, ?> translated(Function<RoutingContext, Map<String, ?>> work, RoutingContext context) {
        try {
            return work.apply(context);
        } catch (BillingException e) {
            throw new ProblemException(e.error(), e.getMessage());
        } catch (PlanException e) {
            throw new ProblemException(BillingError.CONFLICT, e.getMessage());
        } catch (JdbiException e) {
            LOG.warn("Billing cannot use its database", e);
            throw new ProblemException(BillingError.UNAVAILABLE, "The books cannot be read now; try again in a moment");
        }
    }

    @Override
    public void close() {
        workers.close().await();
    }
}
