package countinghouse.fault.batch;

import countinghouse.fault.process.Killing;
import countinghouse.fault.process.Pause;
import countinghouse.fault.process.Seconds;
import countinghouse.fault.report.Difference;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Starts a batch run and kills something while it is under way. */
final class BatchKill {
    private static final Duration POLL = Duration.ofMillis(10);
    private static final Duration RUN_LIMIT = Duration.ofMinutes(8);
    /** The guardian of a process gives it this long to end in order, and some more. */
    private static final Duration ORPHAN_LIMIT = Duration.ofSeconds(30);
    /** A run may be over before its moment has come; the next one dies earlier. */
    private static final int ATTEMPTS = 3;

    private final Killing killing;
    private final RunStarter starter;

    BatchKill(Killing killing, RunStarter starter) {
        this.killing = killing;
        this.starter = starter;
    }

    /** Starts {@code batch run}. */
    interface RunStarter {
        BatchRun start(String runId);
    }

    /**
     * A kill that happened, or did not.
     *
     * @param runId of the run to go on with
     * @param phase of the run at that moment
     * @param atNanos when, by {@link System#nanoTime}
     * @param pidAfter of a component that was started again; null if the next run takes the place
     * @param secondsToRestart of a component
     * @param problems what was wrong besides
     */
    record Killed(
            String runId,
            boolean happened,
            BatchPhase phase,
            long atNanos,
            Long pidBefore,
            Long pidAfter,
            double secondsToRestart,
            List<Difference> problems) {}

    Killed during(BatchPlan plan, String runId) {
        for (int attempt = 1; ; attempt++) {
            String id = attempt == 1 ? runId : runId + "-" + attempt;
            Killed killed = attempt(plan, id, attempt == 1 ? plan.into() : Duration.ZERO);
            if (killed.happened() || attempt == ATTEMPTS) {
                return killed;
            }
        }
    }

    private Killed attempt(BatchPlan plan, String runId, Duration into) {
        String rivalId = runId + "-rival";
        try (BatchRun run = starter.start(runId);
                BatchRun rival = plan.victim() == BatchVictim.ARCHIVER ? starter.start(rivalId) : null) {
            reach(run, plan.phase(), into);
            Killed killed;
            if (rival != null && !run.isAlive()) {
                // The rival was first at the archive, so this one has given up.
                reach(rival, plan.phase(), Duration.ZERO);
                killed = process(plan, rival, rivalId);
            } else {
                killed = plan.victim().isComponent() ? component(plan, run, runId) : process(plan, run, runId);
            }
            run.await(RUN_LIMIT);
            if (rival != null) {
                rival.await(RUN_LIMIT);
            }
            return killed;
        }
    }

    private static void reach(BatchRun run, BatchPhase phase, Duration into) {
        while (run.isAlive() && (run.phase().compareTo(phase) < 0 || run.spark().isEmpty())) {
            Pause.of(POLL);
        }
        long until = System.nanoTime() + into.toNanos();
        while (run.isAlive() && System.nanoTime() < until) {
            Pause.of(POLL);
        }
    }

    private Killed process(BatchPlan plan, BatchRun run, String runId) {
        boolean command = plan.victim() == BatchVictim.COMMAND;
        BatchPhase phase = run.phase();
        Long pid = command
                ? Long.valueOf(run.commandPid())
                : run.spark().map(ProcessHandle::pid).orElse(null);
        long at = System.nanoTime();
        boolean happened = command ? run.killCommand() : run.killSpark();
        List<Difference> problems = new ArrayList<>();
        if (command && !run.isGoneWithin(ORPHAN_LIMIT)) {
            problems.add(new Difference("Spark after its command was killed", "ended", "still running"));
        }
        return new Killed(runId, happened, phase, at, pid, null, 0, problems);
    }

    private Killed component(BatchPlan plan, BatchRun run, String runId) {
        String component = plan.victim().label();
        BatchPhase phase = run.phase();
        Long pidBefore = killing.pid(component);
        long at = System.nanoTime();
        boolean happened = run.isAlive() && killing.kill(component);
        if (happened) {
            Pause.of(plan.down());
            killing.restart(component);
        }
        return new Killed(runId, happened, phase, at, pidBefore, killing.pid(component), Seconds.since(at), List.of());
    }
}
