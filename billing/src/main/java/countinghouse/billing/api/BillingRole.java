package countinghouse.billing.api;

import countinghouse.billing.Billing;
import countinghouse.kit.access.Access;
import countinghouse.kit.access.AccessRole;
import countinghouse.kit.process.ProcessContext;
import countinghouse.kit.process.ProcessRole;
import io.vertx.core.Handler;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.handler.BodyHandler;

/** The role {@code billing}: accounts, plans, invoices, pay-outs, billable usage and the audit ledger over HTTP. */
public final class BillingRole implements ProcessRole {
    private static final long MAX_BODY_BYTES = 64 * 1024;

    @Override
    public String name() {
        return "billing";
    }

    @Override
    public AutoCloseable start(ProcessContext context) {
        Billing billing = Billing.open(context.settings());
        BillingExecutor executor = new BillingExecutor(context.vertx());
        mount(billing, executor, context.access(), context.router());
        return () -> {
            executor.close();
            billing.close();
        };
    }

    private static void mount(Billing billing, BillingExecutor executor, Access access, Router router) {
        Handler<RoutingContext> readers = access.require(
                AccessRole.ADMIN, AccessRole.BILLING, AccessRole.ANALYST, AccessRole.CREATOR, AccessRole.CUSTOMER);
        Handler<RoutingContext> staff = access.require(AccessRole.ADMIN, AccessRole.BILLING, AccessRole.ANALYST);
        Handler<RoutingContext> bookkeepers = access.require(AccessRole.ADMIN, AccessRole.BILLING);
        BodyHandler reader = BodyHandler.create(false).setBodyLimit(MAX_BODY_BYTES);
        // Vert.x insists that bodies come before users; a body is read only for those who may send it.
        Handler<RoutingContext> body = reader::handle;
        AccountHandlers accounts = new AccountHandlers(billing);
        DocumentHandlers documents = new DocumentHandlers(billing);
        UsageHandlers usage = new UsageHandlers(billing);
        AuditHandlers audit = new AuditHandlers(billing);

        router.get("/api/v1/accounts").handler(readers).handler(executor.answer(accounts::list));
        router.get("/api/v1/accounts/:account").handler(readers).handler(executor.answer(accounts::get));
        router.post("/api/v1/accounts").handler(bookkeepers).handler(body).handler(executor.answer(accounts::register));
        router.put("/api/v1/accounts/:account")
                .handler(bookkeepers)
                .handler(body)
                .handler(executor.answer(accounts::register));
        router.get("/api/v1/plans").handler(readers).handler(executor.answer(accounts::plans));
        for (String collection : new String[] {"invoices", "payouts"}) {
            String base = "/api/v1/" + collection;
            router.get(base).handler(readers).handler(executor.answer(documents.list(collection)));
            router.get(base + "/:id").handler(readers).handler(executor.answer(documents.get(collection)));
            router.get(base + "/:id/lines/:n/verify")
                    .handler(readers)
                    .handler(executor.answer(documents.verify(collection)));
            router.get(base + "/:id/lines/:n/events")
                    .handler(readers)
                    .handler(executor.answer(documents.events(collection)));
        }
        router.get("/api/v1/billable-usage").handler(readers).handler(executor.answer(usage::list));
        router.get("/api/v1/audit").handler(staff).handler(executor.answer(audit::list));
        router.get("/api/v1/audit/verify").handler(staff).handler(executor.answer(audit::verify));
    }
}
