package countinghouse.fault.batch;

import countinghouse.fault.load.EventMix;
import countinghouse.fault.load.Load;
import countinghouse.fault.log.EventLog;
import countinghouse.fault.oracle.Oracle;
import countinghouse.fault.process.Killing;
import countinghouse.fault.report.FaultReport;
import countinghouse.fault.report.Round;
import countinghouse.kit.config.CountingConfig;
import countinghouse.kit.config.KafkaConfig;
import countinghouse.kit.config.Settings;
import countinghouse.local.Platform;
import countinghouse.schemas.registry.HttpSchemaRegistry;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** A series of batch runs on one platform under one load, something dying in each. */
final class BatchFaults implements AutoCloseable {
    private final long seed;
    private final Oracle oracle;
    private final Load load;
    private final EventLog log;
    private final BatchRound round;
    private final Consumer<Round> listener;

    private BatchFaults(Platform platform, long seed, int eventsPerSecond, Consumer<Round> listener) {
        Settings settings = platform.settings();
        CountingConfig counting = CountingConfig.from(settings);
        KafkaConfig kafka = KafkaConfig.from(settings);
        HttpSchemaRegistry registry = new HttpSchemaRegistry(settings.text("registry.url"));
        this.seed = seed;
        this.listener = listener;
        this.oracle = new Oracle(registry, counting.bucketWidth(), counting.batchHorizon());
        this.load = Load.start(
                kafka.bootstrapServers(),
                new EventMix(registry, kafka.partitions(), seed, Clock.systemUTC()),
                eventsPerSecond);
        this.log = new EventLog(kafka.bootstrapServers(), kafka.partitions());
        Archive archive = new Archive(settings);
        BatchKill.RunStarter starter = runId -> BatchRun.start(platform, runId);
        this.round = new BatchRound(
                new BatchKill(new Killing(platform), starter),
                new Reruns(starter),
                load,
                log,
                archive,
                new BatchComparison(oracle, load, log, archive, new PublishedCounts(settings), new Answers(platform)));
    }

    /** @param listener gets every round as it ends */
    static BatchFaults on(Platform platform, long seed, int eventsPerSecond, Consumer<Round> listener) {
        return new BatchFaults(platform, seed, eventsPerSecond, listener);
    }

    FaultReport run(List<BatchPlan> plans) {
        List<Round> rounds = new ArrayList<>();
        for (BatchPlan plan : plans) {
            Round ended = round.run(rounds.size() + 1, plan);
            listener.accept(ended);
            rounds.add(ended);
        }
        return FaultReport.of("batch", seed, rounds, oracle.fateNames());
    }

    @Override
    public void close() {
        load.close();
        log.close();
    }
}
