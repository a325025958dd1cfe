package countinghouse.bench.freshness;

import countinghouse.bench.freshness.FreshnessReport.AtRate;
import countinghouse.bench.output.Workspace;
import countinghouse.bench.speed.contestant.Attempt;
import countinghouse.bench.speed.contestant.SpeedLayer;
import countinghouse.bench.speed.peer.RedisConnection;
import countinghouse.bench.speed.report.Machine;
import countinghouse.bench.speed.stage.CpuSeconds;
import countinghouse.bench.speed.stage.Stage;
import countinghouse.bench.speed.trial.AnswerCheck;
import countinghouse.bench.speed.trial.WrongAnswerException;
import countinghouse.bench.speed.workload.Expected;
import countinghouse.bench.speed.workload.Oracle;
import countinghouse.bench.speed.workload.Workload;
import countinghouse.kit.command.CommandFailure;
import countinghouse.kit.command.ExitCode;
import countinghouse.schemas.registry.HttpSchemaRegistry;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import redis.clients.jedis.Jedis;

/** One run: for every rate servers of its own, so that no backlog of one rate weighs on the next. */
public final class FreshnessBench {
    private static final int WARM_UP_SHARE = 4;
    private static final Duration LEAD = Duration.ofSeconds(1);

    private final int seconds;
    private final int commitIntervalMs;
    private final long seed;
    private final Consumer<String> progress;
    private Machine machine;

    public FreshnessBench(int seconds, int commitIntervalMs, long seed, Consumer<String> progress) {
        this.seconds = seconds;
        this.commitIntervalMs = commitIntervalMs;
        this.seed = seed;
        this.progress = progress;
    }

    /**
     * Measures each rate.
     *
     * @throws CommandFailure with {@link ExitCode#DISAGREED} if the counts are wrong in the end
     */
    public FreshnessReport run(List<Integer> rates) {
        Instant startedAt = Instant.now();
        List<AtRate> measured = new ArrayList<>();
        for (int rate : rates) {
            measured.add(measure(rate));
        }
        return new FreshnessReport("freshness", startedAt, machine, commitIntervalMs, measured);
    }

    private AtRate measure(int rate) {
        Workload workload = new Workload(
                seed, Math.multiplyExact(rate, seconds), Instant.now().toEpochMilli());
        Expected expected = new Oracle(workload, Stage.PARTITIONS).expected(1);
        SpeedLayer ours = new SpeedLayer(commitIntervalMs);
        try (Workspace workspace = Workspace.create("freshness");
                Stage stage = Stage.start(workspace.folder(), progress);
                Attempt attempt = ours.start(stage, expected, 1);
                Jedis redis = RedisConnection.open(stage.redisUrl())) {
            machine = Machine.now(stage.redisVersion());
            CpuSeconds before = stage.cpu(attempt.pid());
            AtRate result = load(stage, attempt, workload, rate, before);
            attempt.stop();
            AnswerCheck.require(ours.name(), expected.counts(), ours.answer(redis));
            progress.accept("%,d events/s: right; p99 %.0f ms from accepted to in Redis"
                    .formatted(rate, result.sinceAccepted().p99Ms()));
            workspace.done();
            return result;
        } catch (WrongAnswerException e) {
            throw new CommandFailure(ExitCode.DISAGREED, e.getMessage(), e);
        }
    }

    private AtRate load(Stage stage, Attempt attempt, Workload workload, int rate, CpuSeconds before) {
        List<PartitionArrivals> arrivals = IntStream.range(0, Stage.PARTITIONS)
                .mapToObj(partition -> new PartitionArrivals())
                .toList();
        long startNs = System.nanoTime() + LEAD.toNanos();
        long durationNs = Duration.ofSeconds(seconds).toNanos();
        Visibility visibility = new Visibility(arrivals, startNs + durationNs / WARM_UP_SHARE);
        OpenLoopLoad load = new OpenLoopLoad(workload, rate, arrivals);
        CompletableFuture<Void> sending = CompletableFuture.runAsync(() -> load.run(
                stage.bootstrapServers(),
                new HttpSchemaRegistry(stage.registryUrl().toString()),
                startNs));
        try {
            visibility.watch(stage.redisUrl(), workload.deliveries());
            long caughtUpNs = System.nanoTime();
            sending.join();
            return new AtRate(
                    rate,
                    seconds,
                    Delay.of(visibility.sinceAccepted()),
                    Delay.of(visibility.sinceScheduled()),
                    (caughtUpNs - startNs - durationNs) / 1e9,
                    stage.cpu(attempt.pid()).minus(before));
        } catch (IllegalStateException | CompletionException e) {
            throw new CommandFailure(
                    ExitCode.TEMPORARY, "The load could not be carried (%s)".formatted(e.getMessage()), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CommandFailure(ExitCode.TEMPORARY, "Interrupted while measuring freshness", e);
        }
    }
}
