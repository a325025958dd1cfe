package countinghouse.bench.batch;

import countinghouse.batch.command.BatchProcess;
import countinghouse.bench.batch.child.Assignment;
import countinghouse.bench.batch.child.Outcome;
import countinghouse.kit.command.CommandFailure;
import countinghouse.kit.command.ExitCode;
import countinghouse.kit.http.Json;
import countinghouse.local.child.ChildCommand;
import countinghouse.local.child.ChildProcess;
import countinghouse.local.child.Guardian;
import countinghouse.local.child.LogTail;
import countinghouse.local.component.PostgresServer;
import countinghouse.local.component.RunningComponent;
import countinghouse.local.component.Workplace;
import countinghouse.local.distribution.Distribution;
import countinghouse.local.setup.PlatformDatabase;
import countinghouse.local.setup.PlatformSettings;
import countinghouse.local.state.PrivateFile;
import countinghouse.local.state.StateDirectory;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** An archive of its own: a warehouse folder, the PostgreSQL of its catalog, and the children that work on them. */
public final class BatchStage implements AutoCloseable {
    private static final Duration BUCKET_WIDTH = Duration.ofHours(1);
    private static final Duration LONGEST = Duration.ofHours(1);
    private static final String MAIN_CLASS = "countinghouse.bench.batch.task.TaskMain";
    private static final String NOBODY = "127.0.0.1:1";

    private final StateDirectory state;
    private final Workplace workplace;
    private final RunningComponent postgres;
    private int children;

    private BatchStage(StateDirectory state, Workplace workplace, RunningComponent postgres) {
        this.state = state;
        this.workplace = workplace;
        this.postgres = postgres;
    }

    /**
     * Starts the database and makes an empty archive.
     *
     * @throws CommandFailure if the database does not start; then it is not left running
     */
    public static BatchStage start(Path folder) {
        return start(folder, Map.of());
    }

    /** The same with settings of its own, such as where a broker is. */
    static BatchStage start(Path folder, Map<String, String> more) {
        StateDirectory state = StateDirectory.at(folder).prepare();
        Workplace workplace = Workplace.at(state, Distribution.ofProcess());
        PostgresServer server = new PostgresServer(workplace);
        BatchStage stage = new BatchStage(state, workplace, new RunningComponent(server));
        try {
            stage.postgres.start();
            new PlatformDatabase(server, workplace.secrets()).migrate();
            Map<String, String> settings = new HashMap<>(new PlatformSettings(BUCKET_WIDTH, workplace.secrets())
                    .with(server, workplace.secrets())
                    .values());
            settings.put("iceberg.warehouse", state.folder("warehouse").toUri().toString());
            // Configured, and asked by no step that is measured.
            settings.put("kafka.bootstrap-servers", NOBODY);
            settings.put("registry.url", "http://" + NOBODY);
            settings.put("redis.url", "redis://" + NOBODY);
            settings.putAll(more);
            PrivateFile.writeProperties(state.configuration(), settings);
            return stage;
        } catch (RuntimeException e) {
            stage.close();
            throw e;
        }
    }

    /** The settings of every process that works on the archive. */
    public Path configuration() {
        return state.configuration();
    }

    long postgresPid() {
        return postgres.pid()
                .orElseThrow(() -> new CommandFailure(ExitCode.TEMPORARY, "PostgreSQL ended while it was measured"));
    }

    /** How much the archive takes on disk. */
    long warehouseBytes() {
        try (Stream<Path> files = Files.walk(state.folder("warehouse"))) {
            return files.filter(file -> file.toString().endsWith(".parquet"))
                    .mapToLong(file -> file.toFile().length())
                    .sum();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Where a child is to write its outcome. */
    public Path newResult() {
        return state.folder("results").resolve(++children + ".json");
    }

    /**
     * Runs a child to its end.
     *
     * @param heap as {@code -Xmx} takes it
     * @throws CommandFailure if it fails; the message says where its log is
     */
    public Outcome run(Assignment assignment, String heap, List<String> jvmOptions) {
        Path result = Path.of(assignment.result());
        Path order = result.resolveSibling("order-" + result.getFileName());
        try {
            Json.mapper().writeValue(order.toFile(), assignment);
            ChildProcess child =
                    ChildProcess.start(assignment.task(), command(assignment.task(), heap, jvmOptions, order));
            try {
                if (!child.endedWithin(LONGEST) || child.exit().join() != 0) {
                    throw new CommandFailure(
                            ExitCode.TEMPORARY,
                            "%s failed (%s); see %s"
                                    .formatted(
                                            assignment.task(),
                                            LogTail.cause(child.log()).orElse("it wrote nothing"),
                                            child.log()));
                }
            } finally {
                child.kill();
            }
            return Json.mapper().readValue(result.toFile(), Outcome.class);
        } catch (IOException e) {
            throw new CommandFailure(
                    ExitCode.TEMPORARY, "Cannot exchange %s with a child (%s)".formatted(result, e.getMessage()), e);
        }
    }

    private ChildCommand command(String task, String heap, List<String> jvmOptions, Path order) {
        List<String> options = new ArrayList<>(List.of("-XX:+UseParallelGC", "-Xms" + heap, "-Xmx" + heap));
        options.addAll(jvmOptions);
        Distribution distribution = workplace.distribution();
        return new ChildCommand(
                Guardian.jvm(
                        distribution,
                        BatchProcess.jvmOptions(options),
                        distribution.classPath("batch") + File.pathSeparator + distribution.classPath("bench-batch"),
                        List.of(MAIN_CLASS, order.toString())),
                Map.of("COUNTINGHOUSE_CONFIG", state.configuration().toString()),
                state.root(),
                state.log(task));
    }

    @Override
    public void close() {
        postgres.askToStop();
        postgres.close();
    }
}
