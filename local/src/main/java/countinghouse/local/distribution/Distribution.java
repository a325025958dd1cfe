package countinghouse.local.distribution;

import countinghouse.kit.command.CommandFailure;
import countinghouse.kit.command.ExitCode;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * The assembled distribution: {@code lib/<process>} holds the class path of each process.
 *
 * @param root the folder that holds {@code lib}
 */
public record Distribution(Path root) {
    /** System property that names the distribution's folder; the launcher sets it. */
    public static final String HOME_PROPERTY = "countinghouse.home";

    /**
     * The distribution that this process runs from.
     *
     * @throws CommandFailure if there is none
     */
    public static Distribution ofProcess() {
        String home = System.getProperty(HOME_PROPERTY);
        Path root = home == null ? besideThisClass() : Path.of(home);
        if (!Files.isDirectory(root.resolve("lib/kafka"))) {
            throw new CommandFailure(
                    ExitCode.BAD_INPUT,
                    "There is no distribution at %s; build it with ./mvnw -DskipTests package".formatted(root));
        }
        return new Distribution(root.toAbsolutePath().normalize());
    }

    /** The folder with a process's jars. */
    public Path libraries(String process) {
        return root.resolve("lib").resolve(process);
    }

    /** Class path of a process, as java's {@code -cp} takes it. */
    public String classPath(String process) {
        return libraries(process).resolve("*").toString();
    }

    /** The agent that ends a JVM when its owner is gone. */
    public Path guardian() {
        return onlyJar(libraries("guardian"), "local-guardian-");
    }

    /** The {@code java} command of the JDK that this process runs on. */
    public static Path java() {
        return Path.of(System.getProperty("java.home"), "bin", "java");
    }

    Path onlyJar(Path folder, String prefix) {
        try (var files = Files.list(folder)) {
            return files.filter(file -> file.getFileName().toString().startsWith(prefix))
                    .findFirst()
                    .orElseThrow();
        } catch (java.io.IOException | java.util.NoSuchElementException e) {
            throw new CommandFailure(
                    ExitCode.BAD_INPUT,
                    "The distribution at %s is not complete (no %s*); build it again with ./mvnw -DskipTests package"
                            .formatted(root, folder.resolve(prefix)),
                    e);
        }
    }

    /** In the distribution this class is in {@code lib/app/local.jar}; in a build, in {@code local/target}. */
    private static Path besideThisClass() {
        try {
            Path code = Path.of(Distribution.class
                    .getProtectionDomain()
                    .getCodeSource()
                    .getLocation()
                    .toURI());
            Path folder = code.getParent();
            return folder.endsWith("app") ? folder.getParent().getParent() : folder.resolve("countinghouse");
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }
}
