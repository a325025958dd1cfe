package countinghouse.bench.batch;

import countinghouse.bench.batch.answer.RowDigest.OfMeter;
import countinghouse.bench.batch.child.Assignment;
import countinghouse.bench.batch.child.Outcome;
import countinghouse.bench.batch.child.Outcome.Measured;
import countinghouse.bench.batch.report.BatchReport;
import countinghouse.bench.batch.report.BatchReport.Sample;
import countinghouse.bench.batch.workload.TicketDays;
import countinghouse.bench.batch.workload.TicketOracle;
import countinghouse.bench.output.Workspace;
import countinghouse.bench.speed.report.Machine;
import countinghouse.bench.speed.stage.Stage;
import countinghouse.bench.speed.workload.Preload;
import countinghouse.bench.speed.workload.Workload;
import countinghouse.kit.command.CommandFailure;
import countinghouse.kit.command.ExitCode;
import countinghouse.schemas.registry.HttpSchemaRegistry;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;

/** One run: a day that everybody counts, then days behind histories of several lengths. */
final class BatchBench {
    private static final int[] NO_LOOK_BACK = {0};
    private static final int FIRST_DAY = (int) LocalDate.of(2026, 1, 1).toEpochDay();
    private static final int HORIZON_DAYS = 36;
    private static final int WARM_UPS = 2;
    private static final List<String> QUICK_START = List.of("-XX:TieredStopAtLevel=1");

    private final long seed;
    private final int samples;
    private final int[] historyDays;
    private final Consumer<String> progress;
    private final boolean answersOnly;
    private final List<Sample> taken = new ArrayList<>();
    private final Map<String, String> facts = new TreeMap<>();

    /**
     * @param historyDays that one more day is measured behind, ascending
     * @param answersOnly whether figures mean nothing: no warm-ups, and processes that start quickly
     */
    BatchBench(long seed, int samples, int[] historyDays, Consumer<String> progress, boolean answersOnly) {
        this.seed = seed;
        this.samples = samples;
        this.historyDays = historyDays.clone();
        this.progress = progress;
        this.answersOnly = answersOnly;
    }

    /**
     * Runs the contestants.
     *
     * @param events of the day that everybody counts
     * @param dayEvents of a day behind a history; 0 leaves that part out
     * @param logEvents archived from a broker; 0 leaves that part out
     * @throws CommandFailure with {@link ExitCode#DISAGREED} if one of them counts wrongly
     */
    BatchReport run(List<Contestant> contestants, int events, int dayEvents, int logEvents) {
        Instant startedAt = Instant.now();
        Machine machine = Machine.now("not used");
        TicketDays day = days(1, events);
        onStage(day, stage -> oneDay(stage, day, contestants));
        TicketDays history = days(historyDays[historyDays.length - 1] + 1, dayEvents);
        if (dayEvents > 0) {
            onStage(history, stage -> behindHistories(stage, history, contestants));
        }
        if (logEvents > 0) {
            fromTheLog(days(1, logEvents));
        }
        return BatchReport.of(startedAt, machine, day, history, taken, facts, !answersOnly);
    }

    private int warmUps() {
        return answersOnly ? 0 : WARM_UPS;
    }

    private TicketDays days(int days, int recordsPerDay) {
        return new TicketDays(seed, FIRST_DAY, days, Math.max(1, recordsPerDay / TicketDays.PARTITIONS));
    }

    private void onStage(TicketDays days, Consumer<BatchStage> work) {
        try (Workspace workspace = Workspace.create("batch");
                BatchStage stage = BatchStage.start(workspace.folder())) {
            measure(stage, "archive", days, NO_LOOK_BACK, 1, 0, "4g", 1);
            long events = (long) days.recordsPerDay() * days.days();
            facts.put(
                    "archive bytes per event, days of it: " + days.days(),
                    "%.1f".formatted((double) stage.warehouseBytes() / events));
            work.accept(stage);
            workspace.done();
        }
    }

    private void oneDay(BatchStage stage, TicketDays days, List<Contestant> contestants) {
        Map<String, OfMeter> expected =
                new TicketOracle(days).rows(days.firstDay(), 0).meters();
        for (int sample = 1; sample <= samples; sample++) {
            for (Contestant contestant : contestants) {
                Outcome outcome =
                        measure(stage, contestant.word(), days, NO_LOOK_BACK, 1, 0, contestant.heap(), sample);
                outcome.measured().forEach(one -> require(contestant, expected, one));
            }
        }
        measure(stage, "night", days, NO_LOOK_BACK, 1, 0, "4g", 1);
    }

    private void behindHistories(BatchStage stage, TicketDays days, List<Contestant> contestants) {
        TicketOracle oracle = new TicketOracle(days);
        Map<Integer, Map<String, OfMeter>> expected = new TreeMap<>();
        for (int lookBack : historyDays) {
            expected.put(
                    lookBack,
                    oracle.rows(days.firstDay() + lookBack, HORIZON_DAYS).meters());
        }
        for (Contestant contestant : contestants) {
            if (contestant.looksBack()) {
                Outcome outcome =
                        measure(stage, contestant.word(), days, historyDays, samples, warmUps(), contestant.heap(), 1);
                outcome.measured().forEach(one -> require(contestant, expected.get(one.lookBackDays()), one));
            }
        }
    }

    private void fromTheLog(TicketDays days) {
        try (Workspace workspace = Workspace.create("archive");
                Stage servers = Stage.start(workspace.folder().resolve("servers"), progress);
                BatchStage stage = BatchStage.start(
                        workspace.folder().resolve("archive"),
                        Map.of(
                                "kafka.bootstrap-servers", servers.bootstrapServers(),
                                "registry.url", servers.registryUrl().toString()))) {
            Preload.write(
                    new Workload(seed, days.recordsPerDay(), System.currentTimeMillis()),
                    servers.bootstrapServers(),
                    TicketDays.PARTITIONS,
                    new HttpSchemaRegistry(servers.registryUrl().toString()));
            measure(stage, "archive-log", days, NO_LOOK_BACK, samples, warmUps(), "2g", 1);
            workspace.done();
        }
    }

    private Outcome measure(
            BatchStage stage,
            String task,
            TicketDays days,
            int[] lookBacks,
            int rounds,
            int warmUps,
            String heap,
            int sample) {
        Path result = stage.newResult();
        Outcome outcome = stage.run(
                new Assignment(
                        task,
                        days,
                        Assignment.RUN_ID,
                        lookBacks,
                        rounds,
                        warmUps,
                        stage.postgresPid(),
                        result.toString()),
                heap,
                answersOnly ? QUICK_START : List.of());
        outcome.facts().forEach((name, value) -> facts.put(task + " " + name, value));
        Map<String, Integer> taking = new HashMap<>();
        for (Measured one : outcome.measured()) {
            int round = taking.merge(one.part() + one.lookBackDays(), 1, Integer::sum) - 1;
            taken.add(Sample.of(task, sample + round, days, one, outcome));
            progress.accept("%s, %d days of history: %s took %.2f s and %.2f CPU-s"
                    .formatted(task, one.lookBackDays(), one.part(), one.wallSeconds(), one.cpuSeconds()));
        }
        return outcome;
    }

    private static void require(Contestant contestant, Map<String, OfMeter> expected, Measured measured) {
        if (!expected.equals(measured.answer())) {
            throw new CommandFailure(
                    ExitCode.DISAGREED,
                    "%s counted wrongly behind %d days of history: %s instead of %s"
                            .formatted(contestant.word(), measured.lookBackDays(), measured.answer(), expected));
        }
    }
}
