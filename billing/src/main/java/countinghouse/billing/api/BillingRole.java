package countinghouse.billing.api;

import countinghouse.billing.Billing;
import countinghouse.billing.export.DocumentExports;
import countinghouse.billing.export.Issuer;
import countinghouse.billing.ledger.RootTopic;
import countinghouse.billing.upkeep.LedgerUpkeep;
import countinghouse.billing.watch.BillingMetrics;
import countinghouse.kit.config.Settings;
import countinghouse.kit.process.ProcessContext;
import countinghouse.kit.process.ProcessRole;
import java.net.URL;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** The role {@code billing}: accounts, plans, invoices, pay-outs, billable usage and the audit ledger over HTTP. */
public final class BillingRole implements ProcessRole {
    @Override
    public String name() {
        return "billing";
    }

    @Override
    public Optional<URL> contract() {
        return Optional.of(BillingRole.class.getResource("/openapi-billing.yaml"));
    }

    @Override
    public AutoCloseable start(ProcessContext context) {
        Billing billing = Billing.open(context.settings());
        BillingExecutor executor = new BillingExecutor(context.vertx(), billing.idempotentChanges());
        Watching watching = Watching.start(billing, context.settings());
        Admission admission = Admission.start(billing, context.settings());
        Routes routes = new Routes(context.router(), context.access(), executor);
        admission.mount(routes, watching::admitted);
        watching.mount(routes);
        // Before the documents' own routes, which answer with JSON whatever is asked for.
        new ExportHandlers(billing, new DocumentExports(billing, Issuer.from(context.settings()))).mount(routes);
        Optional<RootTopic> rootTopic = rootTopic(context.settings());
        parts(billing, rootTopic).forEach(part -> part.mount(routes));
        LedgerUpkeep upkeep = upkeep(billing, rootTopic, context.settings());
        BillingMetrics metrics = BillingMetrics.start(
                context.metrics(),
                billing.jdbi(),
                context.settings().flag("metrics.amounts", false),
                () -> billing.ledgerVerifier().verify(Optional.empty()),
                context.settings().duration("billing.ledger-check-interval", Duration.ofHours(1)),
                Clock.systemUTC());
        return () -> {
            metrics.close();
            upkeep.close();
            executor.close();
            admission.close();
            watching.close();
            billing.close();
        };
    }

    private static LedgerUpkeep upkeep(Billing billing, Optional<RootTopic> rootTopic, Settings settings) {
        return new LedgerUpkeep(
                billing.generationRecords(),
                billing.ledgerReader(),
                rootTopic,
                settings.duration("billing.ledger-upkeep-interval", Duration.ofMinutes(1)));
    }

    private static Optional<RootTopic> rootTopic(Settings settings) {
        return settings.find("kafka.bootstrap-servers").map(servers -> new RootTopic(servers, Clock.systemUTC()));
    }

    private static List<ApiPart> parts(Billing billing, Optional<RootTopic> rootTopic) {
        return List.of(
                new AccountHandlers(billing),
                new DocumentHandlers(billing),
                new LifeCycleHandlers(billing),
                new UsageHandlers(billing),
                new AuditHandlers(billing, rootTopic),
                new PublicationHandlers(billing.rollback()));
    }
}
