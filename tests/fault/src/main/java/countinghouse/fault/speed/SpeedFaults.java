package countinghouse.fault.speed;

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

/** A run of kills on one platform under one load. */
final class SpeedFaults implements AutoCloseable {
    private final long seed;
    private final Oracle oracle;
    private final Load load;
    private final EventLog log;
    private final SpeedRound round;
    private final Consumer<Round> listener;

    private SpeedFaults(long seed, Oracle oracle, Load load, EventLog log, SpeedRound round, Consumer<Round> listener) {
        this.seed = seed;
        this.oracle = oracle;
        this.load = load;
        this.log = log;
        this.round = round;
        this.listener = listener;
    }

    /** @param listener gets every round as it ends */
    static SpeedFaults on(Platform platform, long seed, int eventsPerSecond, Consumer<Round> listener) {
        Settings settings = platform.settings();
        CountingConfig counting = CountingConfig.from(settings);
        String bootstrapServers = KafkaConfig.from(settings).bootstrapServers();
        HttpSchemaRegistry registry = new HttpSchemaRegistry(settings.text("registry.url"));
        int partitions = settings.integer("kafka.partitions", 12);
        Oracle oracle = new Oracle(registry, counting.bucketWidth(), counting.speedHorizon());
        Load load = Load.start(
                bootstrapServers, new EventMix(registry, partitions, seed, Clock.systemUTC()), eventsPerSecond);
        EventLog log = new EventLog(bootstrapServers, partitions);
        RedisCounts redis = new RedisCounts(settings.uri("redis.url"));
        SpeedRound round =
                new SpeedRound(new Killing(platform), load, log, redis, new SpeedComparison(oracle, load, log, redis));
        return new SpeedFaults(seed, oracle, load, log, round, listener);
    }

    FaultReport run(List<Plan> plans) {
        List<Round> rounds = new ArrayList<>();
        for (Plan plan : plans) {
            Round ended = round.run(rounds.size() + 1, plan);
            listener.accept(ended);
            rounds.add(ended);
        }
        return FaultReport.of("speed", seed, rounds, oracle.fateNames());
    }

    @Override
    public void close() {
        load.close();
        log.close();
    }
}
