package countinghouse.bench.batch.task;

import countinghouse.bench.batch.answer.RowDigest.OfMeter;
import countinghouse.bench.batch.child.Outcome.Measured;
import countinghouse.bench.speed.stage.ProcessCpu;
import java.util.Map;
import java.util.concurrent.Callable;

/** Measures work in this process, and in the database's if it works there. */
final class Stopwatch {
    private static final double NS_PER_SECOND = 1e9;

    private final long postgresPid;

    private Stopwatch(long postgresPid) {
        this.postgresPid = postgresPid;
    }

    static Stopwatch ofThisProcess() {
        return new Stopwatch(0);
    }

    static Stopwatch withDatabase(long postgresPid) {
        return new Stopwatch(postgresPid);
    }

    /** Work that has been done: what it gave, and what it cost. */
    record Done<T>(T result, double wallSeconds, double cpuSeconds) {
        Measured as(String part, int lookBackDays, Map<String, OfMeter> answer) {
            return new Measured(part, lookBackDays, wallSeconds, cpuSeconds, answer);
        }
    }

    <T> Done<T> time(Callable<T> work) throws Exception {
        double cpu = cpuSeconds();
        long start = System.nanoTime();
        T result = work.call();
        double wall = (System.nanoTime() - start) / NS_PER_SECOND;
        return new Done<>(result, wall, cpuSeconds() - cpu);
    }

    private double cpuSeconds() {
        double own = ProcessCpu.seconds(ProcessHandle.current().pid());
        return postgresPid == 0 ? own : own + ProcessCpu.seconds(postgresPid);
    }
}
