package countinghouse.serving;

import countinghouse.kit.access.AccessRole;
import countinghouse.kit.process.ProcessContext;
import countinghouse.serving.flow.Flow;
import countinghouse.serving.log.LogEnds;
import countinghouse.serving.log.LogReader;
import countinghouse.serving.log.Quarantine;
import countinghouse.serving.merge.MergedCounts;
import countinghouse.serving.query.CountsExecutor;
import countinghouse.serving.query.FlowRoutes;
import countinghouse.serving.query.QuarantineRoutes;
import io.vertx.core.Handler;
import io.vertx.ext.web.RoutingContext;
import java.time.Clock;

/** What those who run the platform look at. Reads of the event log wait for it on threads of their own, not on those of the counts. */
final class Operations implements AutoCloseable {
    private static final int THREADS = 2;
    private static final int PARTITIONS = 12;

    private final CountsExecutor executor;
    private final LogReader flowLog;
    private final LogReader quarantineLog;

    private Operations(CountsExecutor executor, LogReader flowLog, LogReader quarantineLog) {
        this.executor = executor;
        this.flowLog = flowLog;
        this.quarantineLog = quarantineLog;
    }

    static Operations start(ProcessContext context, MergedCounts counts) {
        Handler<RoutingContext> admins = context.access().require(AccessRole.ADMIN);
        int partitions = context.settings().integer("kafka.partitions", PARTITIONS);
        CountsExecutor executor = new CountsExecutor(context.vertx(), "operations", THREADS);
        LogReader flowLog = new LogReader(context.settings());
        LogReader quarantineLog = new LogReader(context.settings());
        Flow flow = new Flow(new LogEnds(flowLog, partitions), counts::progress, Clock.systemUTC());
        new FlowRoutes(flow, executor).mount(context.router(), admins);
        new QuarantineRoutes(new Quarantine(quarantineLog, partitions), executor).mount(context.router(), admins);
        return new Operations(executor, flowLog, quarantineLog);
    }

    @Override
    public void close() {
        executor.close();
        flowLog.close();
        quarantineLog.close();
    }
}
