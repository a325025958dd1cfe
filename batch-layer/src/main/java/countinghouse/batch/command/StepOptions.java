package countinghouse.batch.command;

import countinghouse.batch.run.Run;
import countinghouse.batch.run.Runs;
import countinghouse.kit.command.CommandFailure;
import countinghouse.kit.command.ExitCode;
import countinghouse.kit.config.Settings;
import countinghouse.kit.http.Json;
import java.io.PrintWriter;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** What every step has in common: which run, how to print, how to fail. */
final class StepOptions {
    private static final Logger LOG = LoggerFactory.getLogger(StepOptions.class);
    private static final String SPARK_MASTER = "local[2]";

    @Spec(Spec.Target.MIXEE)
    private CommandSpec command;

    @Option(
            names = "--run-id",
            paramLabel = "ID",
            description = "The run to go on with; by default the one begun last (seal and run begin a new one).")
    private String runId;

    @Option(names = "--json", description = "Print the result as JSON.")
    private boolean json;

    /** A run by the id given, begun if need be; without one a new run. */
    Run runToBegin(Runs runs) {
        return runs.findOrBegin(runId == null ? "run-" + java.time.Instant.now().toString() : runId);
    }

    /** The run by the id given; without one the newest. */
    Run runToContinue(Runs runs) {
        return runId == null ? runs.newest() : runs.find(runId);
    }

    /** Does the work in a session of its own and prints what came of it. */
    void execute(Function<BatchSession, Result> work) {
        BatchConfig config = BatchConfig.from(Settings.ofProcess());
        String master = Settings.ofProcess().text("spark.master", SPARK_MASTER);
        try (BatchSession session = BatchSession.open(config, master)) {
            print(work.apply(session));
        } catch (Exception e) {
            // Spark throws checked exceptions that it does not declare.
            RuntimeException reported = Failures.reported(e);
            if (!(reported instanceof CommandFailure failure && failure.exitCode() == ExitCode.BAD_INPUT)) {
                LOG.info("The step did not complete", e);
            }
            throw reported;
        }
    }

    /** Tells a person at the terminal how far the work is. */
    void progress(String line) {
        PrintWriter error = command.commandLine().getErr();
        error.println(line);
        error.flush();
    }

    private void print(Result result) {
        PrintWriter out = command.commandLine().getOut();
        out.println(json ? Json.text(result.value()) : result.line());
        out.flush();
    }

    /**
     * What a step came to.
     *
     * @param line for a person
     * @param value for {@code --json}
     */
    record Result(String line, Object value) {}
}
