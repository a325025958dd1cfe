package countinghouse.ingestion.canary;

import countinghouse.kit.process.ProcessContext;
import countinghouse.kit.process.ProcessRole;
import java.time.Clock;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/** The role {@code canary}: an event a minute of each type, and how long it takes to be counted. One process of a platform has it. */
public final class CanaryRole implements ProcessRole {
    @Override
    public String name() {
        return "canary";
    }

    @Override
    public AutoCloseable start(ProcessContext context) {
        CanaryConfig config = CanaryConfig.from(context.settings());
        Clock clock = Clock.systemUTC();
        Canary canary = new Canary(config, new CanaryMetrics(context.metrics(), clock), clock);
        ScheduledExecutorService rounds = Executors.newSingleThreadScheduledExecutor(task -> {
            Thread thread = new Thread(task, "canary");
            thread.setDaemon(true);
            return thread;
        });
        long everyMs = config.interval().toMillis();
        var unused =
                rounds.scheduleWithFixedDelay(canary::round, Math.min(everyMs, 1000), everyMs, TimeUnit.MILLISECONDS);
        return rounds::shutdownNow;
    }
}
