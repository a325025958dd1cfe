package countinghouse.bench.speed.stage;

import countinghouse.kit.command.CommandFailure;
import countinghouse.kit.command.ExitCode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.stream.Stream;

/** The processor time of a process and everything under it, user and system, as Linux accounts it. */
public final class ProcessCpu {
    /** USER_HZ, in which /proc speaks to user space on every Linux that Java runs on. */
    private static final double TICKS_PER_SECOND = 100;

    private static final int USER_FIELD = 11;
    private static final int REAPED_SYSTEM_FIELD = 14;

    private ProcessCpu() {}

    /** Seconds used so far; children that have ended and were waited for are included. */
    public static double seconds(long pid) {
        ProcessHandle root = ProcessHandle.of(pid)
                .orElseThrow(() -> new CommandFailure(
                        ExitCode.TEMPORARY, "The process %d ended while it was measured".formatted(pid)));
        long ticks = Stream.concat(Stream.of(root), root.descendants())
                .mapToLong(process -> ticks(process.pid()))
                .sum();
        return ticks / TICKS_PER_SECOND;
    }

    private static long ticks(long pid) {
        String stat;
        try {
            stat = Files.readString(Path.of("/proc", Long.toString(pid), "stat"));
        } catch (NoSuchFileException e) {
            return 0;
        } catch (IOException e) {
            throw new CommandFailure(
                    ExitCode.TEMPORARY,
                    "Cannot read the processor time of process %d (%s); run the benchmark on Linux".formatted(pid, e),
                    e);
        }
        // The program's name, in parentheses, may hold anything; the numbers follow the last one.
        String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ");
        long ticks = 0;
        for (int field = USER_FIELD; field <= REAPED_SYSTEM_FIELD; field++) {
            ticks += Long.parseLong(fields[field]);
        }
        return ticks;
    }
}
