package countinghouse.airflow;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import countinghouse.testing.tool.OptionalTool;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Runs the DAGs' own tests in a real Airflow 3, installed as the README says, from packages pinned by hash. */
class AirflowDagsTest {
    private static final Path ROOT = Path.of("").toAbsolutePath().getParent();
    private static final Path DAGS = ROOT.resolve("airflow-dags");
    private static final Duration LIMIT = Duration.ofMinutes(10);

    @TempDir
    private Path home;

    @Test
    void shouldPassTheDagsOwnTestsInARealAirflow() throws Exception {
        Path python = OptionalTool.require(python(), "Python 3.10 or newer with venv is not on the path");
        Path environment = Path.of("target", "airflow").toAbsolutePath();
        Path installed = environment.resolve("requirements.txt");
        Path requirements = DAGS.resolve("requirements.txt");
        if (!Files.exists(installed) || Files.mismatch(installed, requirements) >= 0) {
            run(python.toString(), "-m", "venv", "--clear", environment.toString());
            run(
                    environment.resolve("bin/pip").toString(),
                    "install",
                    "--quiet",
                    "--require-hashes",
                    "-r",
                    requirements.toString());
            Files.copy(requirements, installed);
        }
        String tests = run(
                environment.resolve("bin/python").toString(),
                "-m",
                "pytest",
                "-q",
                "-p",
                "no:cacheprovider",
                DAGS.resolve("tests").toString());

        assertThat(tests).containsPattern("\\d+ passed").doesNotContain("skipped");
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

    private String run(String... command) throws IOException, InterruptedException {
        Path output = home.resolve("output");
        ProcessBuilder builder =
                new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(output.toFile());
        builder.environment().put("AIRFLOW_HOME", home.toString());
        builder.environment().put("PYTHONDONTWRITEBYTECODE", "1");
        Process process = builder.start();
        process.getOutputStream().close();
        boolean ended = process.waitFor(LIMIT.toSeconds(), TimeUnit.SECONDS);
        if (!ended) {
            process.destroyForcibly();
        }
        String said = Files.readString(output, UTF_8);
        assertThat(ended && process.exitValue() == 0)
                .as("%s%n%s", List.of(command), said)
                .isTrue();
        return said;
    }
}
