package countinghouse.fault.batch;

import static java.nio.charset.StandardCharsets.UTF_8;

import countinghouse.kit.command.CommandFailure;
import countinghouse.kit.command.ExitCode;
import countinghouse.kit.config.Settings;
import countinghouse.local.Platform;
import countinghouse.local.distribution.Distribution;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** {@code countinghouse batch run} as a scheduler starts it: a command, and the Spark process that it starts. */
final class BatchRun implements AutoCloseable {
    /** The load breaks rules more often than real producers, which must not stop the run. */
    private static final String MINIMUM_VALID_SHARE = "0.5";

    private static final String SPARK_MAIN_CLASS = "countinghouse.batch.BatchMain";

    private final Process command;
    private final Path log;
    private final Thread reader = new Thread(this::follow, "batch-run");
    private volatile BatchPhase phase = BatchPhase.SEAL;
    private volatile ProcessHandle spark;

    private BatchRun(Process command, Path log) {
        this.command = command;
        this.log = log;
        reader.setDaemon(true);
    }

    /** Starts a run, or goes on with it. */
    static BatchRun start(Platform platform, String runId) {
        ProcessBuilder builder = new ProcessBuilder(
                        Distribution.ofProcess()
                                .root()
                                .resolve("bin/countinghouse")
                                .toString(),
                        "batch",
                        "run",
                        "--run-id",
                        runId,
                        "--json")
                .redirectOutput(Redirect.DISCARD);
        builder.environment()
                .put(Settings.CONFIG_FILE_VARIABLE, platform.configuration().toString());
        builder.environment().put("COUNTINGHOUSE_GATE_MINIMUM_VALID_SHARE", MINIMUM_VALID_SHARE);
        try {
            BatchRun run = new BatchRun(builder.start(), platform.state().log("batch"));
            run.reader.start();
            return run;
        } catch (IOException e) {
            throw new CommandFailure(ExitCode.TEMPORARY, "Cannot start 'batch run': %s".formatted(e.getMessage()), e);
        }
    }

    /** The step that it was last heard to be at. */
    BatchPhase phase() {
        return phase;
    }

    boolean isAlive() {
        return command.isAlive();
    }

    long commandPid() {
        return command.pid();
    }

    /** The Spark process, as soon as there is one. */
    Optional<ProcessHandle> spark() {
        if (spark == null) {
            spark = command.descendants()
                    .filter(process -> process.info()
                            .arguments()
                            .map(List::of)
                            .filter(arguments -> arguments.contains(SPARK_MAIN_CLASS))
                            .isPresent())
                    .findFirst()
                    .orElse(null);
        }
        return Optional.ofNullable(spark);
    }

    /** Kills the Spark process; true if it was there and is gone. */
    boolean killSpark() {
        return spark().filter(ProcessHandle::isAlive)
                .map(process -> process.destroyForcibly() && ended(process, Duration.ofSeconds(10)))
                .orElse(false);
    }

    /** Kills the command alone; true if it was there and is gone. */
    boolean killCommand() {
        spark();
        return command.isAlive()
                && command.toHandle().destroyForcibly()
                && ended(command.toHandle(), Duration.ofSeconds(10));
    }

    /** Whether nothing of the run is left after some time. */
    boolean isGoneWithin(Duration time) {
        return ended(command.toHandle(), time)
                && spark().map(process -> ended(process, time)).orElse(true);
    }

    /** Waits for the end; gives the exit status. */
    int await(Duration limit) {
        try {
            if (!command.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS)) {
                throw new CommandFailure(
                        ExitCode.TEMPORARY,
                        "'batch run' has not ended within %s; %s says how far it is".formatted(limit, log));
            }
            return command.exitValue();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CommandFailure(ExitCode.TEMPORARY, "Interrupted while a batch ran", e);
        }
    }

    private static boolean ended(ProcessHandle process, Duration time) {
        try {
            process.onExit().get(time.toMillis(), TimeUnit.MILLISECONDS);
            return true;
        } catch (TimeoutException e) {
            return false;
        } catch (ExecutionException e) {
            throw new IllegalStateException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    /** Keeps what the run says, and learns from it where it is. */
    private void follow() {
        try (BufferedReader lines = command.errorReader(UTF_8)) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                Files.writeString(
                        log, line + System.lineSeparator(), StandardOpenOption.CREATE, StandardOpenOption.APPEND);
                BatchPhase begun = BatchPhase.begunBy(line);
                if (begun != null) {
                    phase = begun;
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Leaves nothing of the run behind. */
    @Override
    public void close() {
        spark().ifPresent(ProcessHandle::destroyForcibly);
        // By its handle: Process.destroyForcibly() also closes the stream that is still being followed.
        command.toHandle().destroyForcibly();
    }
}
