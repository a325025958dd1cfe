package countinghouse.bench.batch.child;

import countinghouse.bench.batch.answer.RowDigest.OfMeter;
import java.util.List;
import java.util.Map;

/**
 * What a child process has done.
 *
 * @param measured one entry per piece of work
 * @param processCpuSeconds of the whole process, start and checks included
 * @param peakMegabytes of memory the process ever held
 * @param facts about its settings, for the report
 */
public record Outcome(
        List<Measured> measured, double processCpuSeconds, double peakMegabytes, Map<String, String> facts) {
    /**
     * A piece of work.
     *
     * @param part of the work
     * @param lookBackDays looked at before the day
     * @param answer rows by meter; empty where there is none to check
     */
    public record Measured(
            String part, int lookBackDays, double wallSeconds, double cpuSeconds, Map<String, OfMeter> answer) {}
}
