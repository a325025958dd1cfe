package countinghouse.endtoend;

import static java.nio.charset.StandardCharsets.UTF_8;

import countinghouse.local.distribution.Distribution;
import countinghouse.testing.tool.OptionalTool;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** Trino and the Java that runs it, as the launcher would find and fetch them. */
final class TrinoInstallation {
    private static final Path ROOT = Path.of("").toAbsolutePath().getParent();
    private static final long FETCH_MINUTES = 15;

    private TrinoInstallation() {}

    /** Skips the test where there is no JDK for Trino, or where it cannot be fetched. */
    static void require() {
        Optional<String> missing = missing();
        OptionalTool.require(Optional.of(missing).filter(Optional::isEmpty), missing.orElse(""));
    }

    /** What keeps Trino from running here; fetches it if that is all. */
    static Optional<String> missing() {
        Distribution distribution = Distribution.ofProcess();
        String search = ". '%s' && find_jdk_for_trino && echo \"${TRINO_JAVA_HOME:-}\""
                .formatted(distribution.root().resolve("bin/jdk.sh"));
        if (run(List.of("/bin/sh", "-c", search)).isBlank()) {
            return Optional.of("there is no JDK 24 or newer for Trino; install one, or set TRINO_JAVA_HOME to it");
        }
        Path version = distribution.libraries("trino").resolve("version");
        if (Files.exists(version)) {
            return Optional.empty();
        }
        String said = run(List.of("./mvnw", "-q", "-B", "-Ptrino", "-pl", "local/runtime-trino", "package"));
        return Files.exists(version) ? Optional.empty() : Optional.of("Trino could not be fetched: " + said.strip());
    }

    private static String run(List<String> command) {
        try {
            Path output = Files.createTempFile("trino", ".out");
            ProcessBuilder builder = new ProcessBuilder(command)
                    .directory(ROOT.toFile())
                    .redirectErrorStream(true)
                    .redirectOutput(output.toFile());
            Process process = builder.start();
            process.getOutputStream().close();
            if (!process.waitFor(FETCH_MINUTES, TimeUnit.MINUTES)) {
                process.destroy();
            }
            String text = Files.readString(output, UTF_8);
            Files.delete(output);
            return text;
        } catch (IOException e) {
            throw new IllegalStateException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
