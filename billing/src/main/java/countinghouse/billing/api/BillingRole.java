package countinghouse.billing.api;

import countinghouse.billing.Billing;
import countinghouse.kit.process.ProcessContext;
import countinghouse.kit.process.ProcessRole;
import java.util.List;

/** The role {@code billing}: accounts, plans, invoices, pay-outs, billable usage and the audit ledger over HTTP. */
public final class BillingRole implements ProcessRole {
    @Override
    public String name() {
        return "billing";
    }

    @Override
    public AutoCloseable start(ProcessContext context) {
        Billing billing = Billing.open(context.settings());
        BillingExecutor executor = new BillingExecutor(context.vertx(), billing.idempotentChanges());
        Routes routes = new Routes(context.router(), context.access(), executor);
        parts(billing).forEach(part -> part.mount(routes));
        return () -> {
            executor.close();
            billing.close();
        };
    }

    private static List<ApiPart> parts(Billing billing) {
        return List.of(
                new AccountHandlers(billing),
                new DocumentHandlers(billing),
                new UsageHandlers(billing),
                new AuditHandlers(billing));
    }
}
