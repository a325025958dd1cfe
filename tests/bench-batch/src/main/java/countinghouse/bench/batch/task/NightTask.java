package countinghouse.bench.batch.task;

import countinghouse.batch.command.BatchConfig;
import countinghouse.batch.command.BatchSession;
import countinghouse.batch.recompute.RecomputeScope;
import countinghouse.batch.run.Run;
import countinghouse.bench.batch.child.Assignment;
import countinghouse.bench.batch.child.Outcome.Measured;
import countinghouse.kit.config.Settings;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;

/** The steps of a nightly run after its archive, as production takes them. */
final class NightTask implements TaskMain.Task {
    @Override
    public List<Measured> run(Settings settings, Assignment assignment, Map<String, String> facts) throws Exception {
        Stopwatch watch = Stopwatch.withDatabase(assignment.postgresPid());
        List<Measured> measured = new ArrayList<>();
        try (BatchSession session = BatchSession.open(BatchConfig.from(settings), "local[" + Peers.THREADS + "]")) {
            Run run = session.runs().find(assignment.runId());
            LocalDate firstDay = LocalDate.ofEpochDay(assignment.days().firstDay());
            measured.add(step(watch, "gate on raw", () -> session.rawGate()
                    .judge(run, firstDay, false)
                    .orFail()));
            measured.add(step(watch, "recompute with its rows written", () -> session.recompute()
                    .recompute(run, RecomputeScope.CHANGES)));
            measured.add(step(watch, "gate on counts", () -> session.countsGate()
                    .judge(run, false)
                    .orFail()));
            measured.add(step(watch, "publish", () -> session.publish().publish(run, "bench")));
        }
        return measured;
    }

    private static Measured step(Stopwatch watch, String part, Callable<?> work) throws Exception {
        return watch.time(work).as(part, 0, Map.of());
    }
}
