package countinghouse.bench.speed;

import countinghouse.bench.output.Workspace;
import countinghouse.bench.speed.contestant.Contestant;
import countinghouse.bench.speed.contestant.Contestants;
import countinghouse.bench.speed.report.Machine;
import countinghouse.bench.speed.report.SpeedReport;
import countinghouse.bench.speed.stage.Stage;
import countinghouse.bench.speed.trial.Sample;
import countinghouse.bench.speed.trial.Trial;
import countinghouse.bench.speed.trial.WrongAnswerException;
import countinghouse.bench.speed.workload.Expected;
import countinghouse.bench.speed.workload.Oracle;
import countinghouse.bench.speed.workload.Preload;
import countinghouse.bench.speed.workload.Preload.Written;
import countinghouse.bench.speed.workload.Workload;
import countinghouse.kit.command.CommandFailure;
import countinghouse.kit.command.ExitCode;
import countinghouse.schemas.registry.HttpSchemaRegistry;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;

/** One run: preload, then every contestant in turn, as often as there are samples. */
public final class SpeedBench {
    /** Whoever comes first would otherwise pay for the broker's compiler. */
    private static final int WARM_UP_EVENTS = 500_000;

    private final int events;
    private final int samples;
    private final long seed;
    private final Consumer<String> progress;

    /**
     * @param progress gets a line as each step is done
     */
    public SpeedBench(int events, int samples, long seed, Consumer<String> progress) {
        this.events = events;
        this.samples = samples;
        this.seed = seed;
        this.progress = progress;
    }

    /**
     * Runs the contestants.
     *
     * @throws CommandFailure with {@link ExitCode#DISAGREED} if one of them counts wrongly
     */
    public SpeedReport run(List<Contestant> contestants) {
        Instant startedAt = Instant.now();
        Workload workload = new Workload(seed, events, startedAt.toEpochMilli());
        try (Workspace workspace = Workspace.create("speed");
                Stage stage = Stage.start(workspace.folder(), progress)) {
            Machine machine = Machine.now(stage.redisVersion());
            Written written = Preload.write(
                    workload,
                    stage.bootstrapServers(),
                    Stage.PARTITIONS,
                    new HttpSchemaRegistry(stage.registryUrl().toString()));
            progress.accept("preloaded %,d events of %d bytes".formatted(written.records(), written.bytesPerRecord()));
            Oracle oracle = new Oracle(workload, Stage.PARTITIONS);
            Expected all = oracle.expected(1);
            List<Sample> taken = take(contestants, stage, oracle, all);
            workspace.done();
            return SpeedReport.of(startedAt, machine, workload, written, all, contestants, taken);
        } catch (WrongAnswerException e) {
            throw new CommandFailure(ExitCode.DISAGREED, e.getMessage(), e);
        }
    }

    private List<Sample> take(List<Contestant> contestants, Stage stage, Oracle oracle, Expected all) {
        Trial trial = new Trial(stage);
        if (events >= WARM_UP_EVENTS) {
            trial.run(Contestants.reader(), oracle.expected((double) WARM_UP_EVENTS / events), 0);
            trial.run(Contestants.transactionalWriter(), all, 0);
            progress.accept("the broker is warm");
        }
        List<Sample> taken = new ArrayList<>();
        for (int number = 1; number <= samples; number++) {
            for (Contestant contestant : contestants) {
                Expected expected =
                        contestant.most() < events ? oracle.expected((double) contestant.most() / events) : all;
                Sample sample = trial.run(contestant, expected, number);
                taken.add(sample);
                progress.accept(String.format(
                        Locale.ROOT,
                        "%s %d/%d: right; %,.0f events/s, %.2f CPU-s per million",
                        contestant.name(),
                        number,
                        samples,
                        sample.eventsPerSecond(),
                        sample.cpuSecondsPerMillion()));
            }
        }
        return taken;
    }
}
