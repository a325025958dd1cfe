package countinghouse.billing.api;

import countinghouse.billing.BillingError;
import countinghouse.billing.BillingException;
import countinghouse.billing.idempotency.IdempotentChanges;
import countinghouse.billing.idempotency.KeyedAnswer;
import countinghouse.billing.idempotency.KeyedRequest;
import countinghouse.billing.plan.PlanException;
import countinghouse.kit.access.Principal;
import countinghouse.kit.http.Json;
import countinghouse.kit.http.ProblemException;
import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import io.vertx.core.WorkerExecutor;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.RoutingContext;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jdbi.v3.core.JdbiException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Does the blocking work of requests away from the event loop, and turns what goes wrong into problems: money fails closed. */
final class BillingExecutor implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(BillingExecutor.class);
    private static final int THREADS = 8;
    private static final String KEY = "Idempotency-Key";

    private final WorkerExecutor workers;
    private final IdempotentChanges changes;

    BillingExecutor(Vertx vertx, IdempotentChanges changes) {
        this.workers = vertx.createSharedWorkerExecutor("billing", THREADS);
        this.changes = changes;
    }

    /** A handler that answers with what the work returns, as JSON. */
    Handler<RoutingContext> answer(Function<RoutingContext, Map<String, ?>> work) {
        return handler(context -> Json.text(work.apply(context)), (response, text) -> json(response)
                .end(text));
    }

    /** A handler that answers with what the work returns, as a file. */
    Handler<RoutingContext> download(Function<RoutingContext, Content> work) {
        return handler(work, (response, content) -> response.putHeader("Content-Type", content.contentType())
                .putHeader("Content-Disposition", "attachment; filename=\"%s\"".formatted(content.fileName()))
                .putHeader("Cache-Control", "no-store")
                .end(Buffer.buffer(content.bytes())));
    }

    /** A handler that makes a change once per {@code Idempotency-Key}. */
    Handler<RoutingContext> change(KeyPolicy policy, Function<RoutingContext, Map<String, ?>> work) {
        return handler(context -> change(context, policy, () -> Json.text(work.apply(context))), (response, answer) -> {
            if (answer.repeated()) {
                response.putHeader("Idempotency-Replayed", "true");
            }
            return json(response).end(answer.body());
        });
    }

    private KeyedAnswer change(RoutingContext context, KeyPolicy policy, Supplier<String> work) {
        Optional<String> key = Optional.ofNullable(context.request().getHeader(KEY));
        if (key.isEmpty() && policy == KeyPolicy.REQUIRED) {
            throw new BillingException(
                    BillingError.KEY_MISSING,
                    "Send a header 'Idempotency-Key' with a text of your own, so that repeating the request is safe");
        }
        if (key.isEmpty()) {
            return new KeyedAnswer(work.get(), false);
        }
        String body = context.body().asString();
        KeyedRequest request = KeyedRequest.of(
                Principal.of(context).name(),
                key.get(),
                context.request().method().name(),
                context.request().uri(),
                body == null ? "" : body);
        return changes.make(request, work);
    }

    private <T> Handler<RoutingContext> handler(Function<RoutingContext, T> work, Sender<T> sender) {
        return context -> workers.executeBlocking(() -> translated(work, context), false)
                .compose(result -> sender.send(context.response(), result))
                .onFailure(context::fail);
    }

    private static HttpServerResponse json(HttpServerResponse response) {
        return response.putHeader("Content-Type", "application/json").putHeader("Cache-Control", "no-store");
    }

    private static <T> T translated(Function<RoutingContext, T> work, RoutingContext context) {
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

    private interface Sender<T> {
        Future<Void> send(HttpServerResponse response, T result);
    }
}
