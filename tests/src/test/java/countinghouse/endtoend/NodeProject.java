package countinghouse.endtoend;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import countinghouse.kit.http.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** Scripts for Node and the packages of their lock file, installed by npm. */
final class NodeProject {
    private static final int LIMIT_MINUTES = 3;

    private final Path folder;

    /** A project that is installed in the folder. */
    NodeProject(Path folder) {
        this.folder = folder;
    }

    /** Copies a project and installs exactly what its lock file names. */
    static void install(Path sources, Path folder) throws IOException {
        Files.createDirectories(folder);
        try (Stream<Path> files = Files.list(sources)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                Files.copy(file, folder.resolve(file.getFileName()));
            }
        }
        new NodeProject(folder).output(List.of("npm", "ci", "--ignore-scripts", "--no-audit", "--no-fund"));
    }

    /** Runs a script; its last line must be JSON. */
    JsonNode run(String script, String... arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of("node", script));
        command.addAll(List.of(arguments));
        List<String> lines = output(command).lines().toList();
        return Json.mapper().readTree(lines.get(lines.size() - 1));
    }

    private String output(List<String> command) throws IOException {
        Path output = Files.createTempFile(folder, "output", ".txt");
        Process process = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
        try {
            if (!process.waitFor(LIMIT_MINUTES, TimeUnit.MINUTES) || process.exitValue() != 0) {
                process.destroyForcibly();
                throw new IllegalStateException(
                        "%s failed: %s".formatted(command.subList(0, 2), Files.readString(output, UTF_8)));
            }
            return Files.readString(output, UTF_8);
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
