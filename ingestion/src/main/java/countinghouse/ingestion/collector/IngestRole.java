package countinghouse.ingestion.collector;

import countinghouse.ingestion.network.ClientNetworks;
import countinghouse.ingestion.quarantine.QuarantineRecords;
import countinghouse.kit.process.ProcessContext;
import countinghouse.kit.process.ProcessRole;
import countinghouse.metering.rules.EventRules;
import countinghouse.schemas.registry.HttpSchemaRegistry;
import io.vertx.core.WorkerExecutor;
import java.net.URL;
import java.time.Clock;
import java.util.Optional;

/** The role {@code ingest}: the HTTP collector, the only way in. */
public final class IngestRole implements ProcessRole {
    private static final int WORKERS = 4;

    @Override
    public String name() {
        return "ingest";
    }

    @Override
    public Optional<URL> contract() {
        return Optional.of(IngestRole.class.getResource("/openapi/ingestion.yaml"));
    }

    @Override
    public AutoCloseable start(ProcessContext context) {
        CollectorConfig config = CollectorConfig.from(context.settings());
        ClientNetworks networks = ClientNetworks.from(context.settings(), Clock.systemUTC());
        IngestMetrics metrics = new IngestMetrics(context.metrics());
        EventLog log = new EventLog(config);
        WorkerExecutor workers = context.vertx().createSharedWorkerExecutor("ingest", WORKERS);
        int partitions = config.kafka().partitions();
        Intake intake = new Intake(
                new EventMapper(new EventRules()),
                new EventRecords(new HttpSchemaRegistry(config.registryUrl()), partitions),
                new QuarantineRecords(partitions),
                log,
                metrics,
                context.tracing(),
                Clock.systemUTC());
        EventRoutes routes = new EventRoutes(intake, log, networks, workers, metrics, config);
        routes.mount(context.router(), context.access());
        context.health().register("event-log", log::trouble);
        return () -> {
            routes.close();
            log.close();
            workers.close().await();
        };
    }
}
