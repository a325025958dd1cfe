package countinghouse.bench.batch.task;

import countinghouse.bench.batch.child.Assignment;
import countinghouse.bench.batch.child.Outcome;
import countinghouse.bench.batch.child.Outcome.Measured;
import countinghouse.bench.speed.stage.ProcessCpu;
import countinghouse.kit.config.Settings;
import countinghouse.kit.http.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/** A child of the batch benchmark: does what the file in its argument assigns, and writes what came out. */
public final class TaskMain {
    private static final double KIB_PER_MB = 1024;

    private TaskMain() {}

    /** A contestant or a step of preparation. */
    interface Task {
        /** Does the work; {@code facts} takes what the report should say about its settings. */
        List<Measured> run(Settings settings, Assignment assignment, Map<String, String> facts) throws Exception;
    }

    public static void main(String[] arguments) throws Exception {
        Assignment assignment = Json.mapper().readValue(Path.of(arguments[0]).toFile(), Assignment.class);
        Task task =
                switch (assignment.task()) {
                    case "archive" -> new ArchiveTask();
                    case "archive-log" -> new ArchiveLogTask();
                    case "ours" -> new OursTask();
                    case "rows" -> new RowsTask();
                    case "night" -> new NightTask();
                    case "duckdb" -> new DuckDbTask(false);
                    case "duckdb-by-partition" -> new DuckDbTask(true);
                    case "spark-sql" -> new SparkSqlTask();
                    default -> throw new IllegalArgumentException("There is no task " + assignment.task());
                };
        Map<String, String> facts = new TreeMap<>();
        List<Measured> measured = task.run(Settings.ofProcess(), assignment, facts);
        Outcome outcome =
                new Outcome(measured, ProcessCpu.seconds(ProcessHandle.current().pid()), peakMegabytes(), facts);
        Json.mapper().writeValue(Path.of(assignment.result()).toFile(), outcome);
        System.exit(0);
    }

    private static double peakMegabytes() throws IOException {
        try (Stream<String> lines = Files.lines(Path.of("/proc/self/status"))) {
            return lines.filter(line -> line.startsWith("VmHWM:"))
                    .mapToDouble(line -> Long.parseLong(line.replaceAll("\\D", "")) / KIB_PER_MB)
                    .findFirst()
                    .orElse(0);
        }
    }
}
