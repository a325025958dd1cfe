package countinghouse.bench.speed.trial;

import countinghouse.bench.speed.stage.CpuSeconds;

/**
 * One run of one contestant. The window begins when Redis shows the first quarter of the answer, so that start and most of the JVM's
 * warm-up lie before it, and ends when Redis shows all of it.
 *
 * @param number of the sample, from 1
 * @param startUpSeconds from the start of the process until Redis showed a first count
 * @param windowEvents deliveries that became visible within the window
 * @param wallSeconds length of the window
 * @param cpu used within the window
 * @param wholeWallSeconds from the start of the process to the end of the window
 * @param wholeCpu used from the start of the process to the end of the window
 */
public record Sample(
        String contestant,
        int number,
        long events,
        double startUpSeconds,
        double windowEvents,
        double wallSeconds,
        CpuSeconds cpu,
        double wholeWallSeconds,
        CpuSeconds wholeCpu) {
    private static final double MILLION = 1e6;

    public double wallSecondsPerMillion() {
        return wallSeconds / windowEvents * MILLION;
    }

    /** Of contestant, broker and Redis together. */
    public double cpuSecondsPerMillion() {
        return cpu.total() / windowEvents * MILLION;
    }

    public double eventsPerCpuSecond() {
        return windowEvents / cpu.total();
    }

    public double eventsPerSecond() {
        return windowEvents / wallSeconds;
    }

    /** Without Redis: what the figures in stack.md count. */
    public double eventsPerCpuSecondWithoutRedis() {
        return windowEvents / (cpu.processor() + cpu.broker());
    }
}
