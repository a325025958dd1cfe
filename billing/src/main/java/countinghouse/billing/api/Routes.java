package countinghouse.billing.api;

import countinghouse.kit.access.Access;
import countinghouse.kit.contract.ContractGate;
import io.vertx.core.Handler;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.handler.BodyHandler;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Predicate;

/** Mounts routes below {@code /api/v1}: who may come in, then the work, away from the event loop. */
final class Routes {
    private static final String BASE = "/api/v1";
    private static final long MAX_BODY_BYTES = 64 * 1024;

    private final Router router;
    private final Access access;
    private final BillingExecutor executor;
    private final Handler<RoutingContext> body;

    Routes(Router router, Access access, BillingExecutor executor) {
        this.router = router;
        this.access = access;
        this.executor = executor;
        BodyHandler reader = BodyHandler.create(false).setBodyLimit(MAX_BODY_BYTES);
        // Vert.x insists that bodies come before users; a body is read only for those who may send it.
        this.body = reader::handle;
    }

    /** Answers with JSON. */
    void get(String path, Audience audience, Function<RoutingContext, Map<String, ?>> work) {
        router.get(BASE + path).handler(access.require(audience.roles())).handler(executor.answer(work));
    }

    /** Answers with a file. */
    void download(String path, Audience audience, Function<RoutingContext, Content> work) {
        router.get(BASE + path).handler(access.require(audience.roles())).handler(executor.download(work));
    }

    /** Answers with a file those requests that want one; the others go to the next route of the path. */
    void downloadIf(
            Predicate<RoutingContext> wanted, String path, Audience audience, Function<RoutingContext, Content> work) {
        router.get(BASE + path)
                .handler(onlyIf(wanted, access.require(audience.roles())))
                .handler(onlyIf(wanted, executor.download(work)));
    }

    private static Handler<RoutingContext> onlyIf(Predicate<RoutingContext> wanted, Handler<RoutingContext> handler) {
        return context -> {
            if (wanted.test(context)) {
                handler.handle(context);
            } else {
                context.next();
            }
        };
    }

    /** Answers a question that has a body. It may be asked again, because the work sees to that itself. */
    void ask(String path, Audience audience, Function<RoutingContext, Map<String, ?>> work) {
        router.post(BASE + path)
                .handler(access.require(audience.roles()))
                .handler(body)
                .handler(ContractGate.body())
                .handler(executor.answer(work));
    }

    /** Makes a change; its work opens its transactions from the {@code Jdbi} of billing, in the calling thread. */
    void post(String path, Audience audience, KeyPolicy policy, Function<RoutingContext, Map<String, ?>> work) {
        router.post(BASE + path)
                .handler(access.require(audience.roles()))
                .handler(body)
                .handler(ContractGate.body())
                .handler(executor.change(policy, work));
    }

    /** Makes a change that says what shall be, so that repeating it is harmless. */
    void put(String path, Audience audience, Function<RoutingContext, Map<String, ?>> work) {
        router.put(BASE + path)
                .handler(access.require(audience.roles()))
                .handler(body)
                .handler(ContractGate.body())
                .handler(executor.change(KeyPolicy.OPTIONAL, work));
    }
}
