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
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;

/** One run: a day that everybody counts, then days behind histories of several lengths. */
final class BatchBench {
    /** Days of history that one more day is measured behind; the last shows that older ones cost nothing. */
    static final int[] LOOK_BACKS = {1, 10, 36, 80};

    private static final int[] NO_LOOK_BACK = {0};
    private static final int FIRST_DAY = (int) LocalDate.of(2026, 1, 1).toEpochDay();
    private static final int WARM_UPS = 2;

    private final long seed;
    private final int samples;
    private final Consumer<String> progress;
    private final List<Sample> taken = new ArrayList<>();
    private final Map<String, String> facts = new TreeMap<>();

    BatchBench(long seed, int samples, Consumer<String> progress) {
        this.seed = seed;
        this.samples = samples;
        this.progress = progress;
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
        TicketDays history = days(LOOK_BACKS[LOOK_BACKS.length - 1] + 1, dayEvents);
        if (dayEvents > 0) {
            onStage(history, stage -> behindHistories(stage, history, contestants));
        }
        if (logEvents > 0) {
            fromTheLog(days(1, logEvents));
        }
        return BatchReport.of(startedAt, machine, day, history, taken, facts);
    }

    private TicketDays days(int days, int recordsPerDay) {
        return new TicketDays(seed, FIRST_DAY, days, Math.max(1, recordsPerDay / TicketDays.PARTITIONS));
    }

    private void onStage(TicketDays days, Consumer<BatchStage> work) {
        try (Workspace workspace = Workspace.create("batch");
                BatchStage stage = BatchStage.start(workspace.folder())) {
            measure(stage, "archive", days, NO_LOOK_BACK, 1, 0, "4g", 1);
            long events = (long) days.recordsPerDay() * days.days();
            facts.put("archive bytes per event", "%.1f".formatted((double) stage.warehouseBytes() / events));
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
        for (int lookBack : LOOK_BACKS) {
            expected.put(lookBack, oracle.rows(days.firstDay() + lookBack, 36).meters());
        }
        for (Contestant contestant : contestants) {
            if (contestant.looksBack()) {
                Outcome outcome =
                        measure(stage, contestant.word(), days, LOOK_BACKS, samples, WARM_UPS, contestant.heap(), 1);
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
            measure(stage, "archive-log", days, NO_LOOK_BACK, samples, 1, "2g", 1);
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
                List.of());
        outcome.facts().forEach((name, value) -> facts.put(task + " " + name, value));
        for (Measured one : outcome.measured()) {
            taken.add(Sample.of(task, sample, days, one, outcome));
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
