package countinghouse.airflow;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import countinghouse.testing.tool.OptionalTool;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** A real Airflow 3, installed once as the README says from packages pinned by hash, with a home of its own. */
public final class Airflow {
    public static final Path DAGS = Path.of("").toAbsolutePath().resolveSibling("airflow-dags");

    private static final Path INSTALLATION = Path.of("target", "airflow").toAbsolutePath();
    private static final Duration LIMIT = Duration.ofMinutes(10);
    /** Of the DAG's last run: a task in each line, what became of it, and after how many tries. */
    private static final String TASKS = """
            import sqlite3, sys
            database = sqlite3.connect(sys.argv[1])
            run = database.execute("SELECT max(id) FROM dag_run WHERE dag_id = ?", sys.argv[2:]).fetchone()
            for task in database.execute(
                "SELECT t.task_id, t.state, t.try_number FROM task_instance t JOIN dag_run r"
                " ON r.dag_id = t.dag_id AND r.run_id = t.run_id WHERE r.id = ? ORDER BY t.task_id", run):
                print(*task)
            """;

    private final Path home;

    private Airflow(Path home) {
        this.home = home;
    }

    /** What a program said, and how it ended. */
    public record Ended(int status, String output) {}

    /** Skips the test if there is no Python to install it with. */
    public static Airflow at(Path home) throws IOException, InterruptedException {
        Path python = OptionalTool.require(python(), "Python 3.10 or newer with venv is not on the path");
        Airflow airflow = new Airflow(home);
        Path installed = INSTALLATION.resolve("requirements.txt");
        Path requirements = DAGS.resolve("requirements.txt");
        if (!Files.exists(installed) || Files.mismatch(installed, requirements) >= 0) {
            airflow.succeed(Map.of(), python.toString(), "-m", "venv", "--clear", INSTALLATION.toString());
            airflow.succeed(
                    Map.of(), program("pip"), "install", "--quiet", "--require-hashes", "-r", requirements.toString());
            Files.copy(requirements, installed);
        }
        return airflow;
    }

    /** Makes the database that runs are kept in, and the pools. */
    public void migrate() throws IOException, InterruptedException {
        succeed(Map.of(), program("airflow"), "db", "migrate");
        succeed(
                Map.of(),
                program("airflow"),
                "pools",
                "import",
                DAGS.resolve("pools.json").toString());
    }

    public Ended airflow(Map<String, String> environment, String... arguments)
            throws IOException, InterruptedException {
        return run(
                environment,
                Stream.concat(Stream.of(program("airflow")), Stream.of(arguments))
                        .toList());
    }

    /** Each task of the DAG's last run as {@code task state tries}. */
    public List<String> tasks(String dag) throws IOException, InterruptedException {
        return succeed(
                        Map.of(),
                        program("python"),
                        "-c",
                        TASKS,
                        home.resolve("airflow.db").toString(),
                        dag)
                .lines()
                .toList();
    }

    String pytest(Path tests) throws IOException, InterruptedException {
        return succeed(Map.of(), program("python"), "-m", "pytest", "-q", "-p", "no:cacheprovider", tests.toString());
    }

    private static String program(String name) {
        return INSTALLATION.resolve("bin").resolve(name).toString();
    }

    private String succeed(Map<String, String> environment, String... command)
            throws IOException, InterruptedException {
        Ended ended = run(environment, List.of(command));
        assertThat(ended.status())
                .as("%s%n%s", List.of(command), ended.output())
                .isZero();
        return ended.output();
    }

    private Ended run(Map<String, String> environment, List<String> command) throws IOException, InterruptedException {
        Path output = Files.createTempFile(home, "output", ".txt");
        ProcessBuilder builder =
                new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(output.toFile());
        builder.environment().putAll(settings());
        builder.environment().putAll(environment);
        Process process = builder.start();
        process.getOutputStream().close();
        if (!process.waitFor(LIMIT.toSeconds(), TimeUnit.SECONDS)) {
            process.destroyForcibly();
            throw new IllegalStateException("still running after %s: %s".formatted(LIMIT, command));
        }
        return new Ended(process.exitValue(), Files.readString(output, UTF_8));
    }

    private Map<String, String> settings() {
        Map<String, String> settings = new HashMap<>();
        settings.put("AIRFLOW_HOME", home.toString());
        settings.put("AIRFLOW__CORE__DAGS_FOLDER", DAGS.resolve("dags").toString());
        settings.put("AIRFLOW__CORE__LOAD_EXAMPLES", "false");
        settings.put("PYTHONDONTWRITEBYTECODE", "1");
        return settings;
    }

    /** What is on the path may be a version manager's name for a version that is not active. */
    private static Optional<Path> python() throws IOException, InterruptedException {
        String check = "import ensurepip, sys, venv; sys.exit(sys.version_info < (3, 10))";
        for (String name : List.of("python3", "python3.13", "python3.12", "python3.11", "python3.10")) {
            Optional<Path> found = OptionalTool.onPath(name);
            if (found.isPresent()) {
                Process process = new ProcessBuilder(found.get().toString(), "-c", check)
                        .redirectErrorStream(true)
                        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                        .start();
                if (process.waitFor() == 0) {
                    return found;
                }
            }
        }
        return Optional.empty();
    }
}
