package countinghouse.fault.batch;

import countinghouse.fault.process.Pause;
import countinghouse.fault.process.Seconds;
import countinghouse.fault.report.Difference;
import countinghouse.kit.command.ExitCode;
import java.time.Duration;
import java.util.List;

/** Runs the batch again as a scheduler does: the same run, and a new one if that cannot be published any more. */
final class Reruns {
    private static final Duration LIMIT = Duration.ofMinutes(8);
    private static final Duration POLL = Duration.ofMillis(50);
    private static final Duration BETWEEN = Duration.ofSeconds(1);
    private static final int OF_THE_SAME_RUN = 3;
    private static final int ATTEMPTS = 6;

    private final BatchKill.RunStarter starter;

    Reruns(BatchKill.RunStarter starter) {
        this.starter = starter;
    }

    /**
     * What came of it.
     *
     * @param sparkPid of the first process that took over
     * @param secondsToRestart from the kill until that process was there
     * @param secondsToPublish from the kill until a run was published; null if none was
     * @param problems what was wrong
     */
    record Outcome(Long sparkPid, double secondsToRestart, Double secondsToPublish, List<Difference> problems) {}

    Outcome untilPublished(BatchKill.Killed killed) {
        Long pid = null;
        double restarted = 0;
        int status = ExitCode.TEMPORARY.status();
        for (int attempt = 1; attempt <= ATTEMPTS && isWorthAnother(status); attempt++) {
            String runId = attempt <= OF_THE_SAME_RUN ? killed.runId() : killed.runId() + "-new-" + attempt;
            try (BatchRun run = starter.start(runId)) {
                while (run.isAlive() && run.spark().isEmpty()) {
                    Pause.of(POLL);
                }
                if (pid == null) {
                    pid = run.spark().map(ProcessHandle::pid).orElse(null);
                    restarted = Seconds.since(killed.atNanos());
                }
                status = run.await(LIMIT);
            }
            if (status == 0) {
                return new Outcome(pid, restarted, Seconds.since(killed.atNanos()), List.of());
            }
            Pause.of(BETWEEN);
        }
        return new Outcome(
                pid, restarted, null, List.of(new Difference("the run's exit status", "0", Integer.toString(status))));
    }

    /** A check that disagreed or a gate that failed is a finding, which another attempt must not cover up. */
    private static boolean isWorthAnother(int status) {
        return status != ExitCode.DISAGREED.status() && status != ExitCode.GATE_FAILED.status();
    }
}
