package countinghouse.local.forward;

import countinghouse.kit.command.CommandFailure;
import countinghouse.kit.command.ExitCode;
import countinghouse.kit.command.Subcommand;
import countinghouse.local.child.Guardian;
import countinghouse.local.distribution.Distribution;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import picocli.CommandLine.IExitCodeGenerator;
import picocli.CommandLine.Unmatched;

/**
 * A command that runs in a process of its own, from a class path of its own: hands over its arguments and takes over the exit status. The
 * process ends with this one, however this one ends.
 */
public abstract class ForwardedCommand implements Subcommand, IExitCodeGenerator {
    private final String process;
    private final String mainClass;
    private final List<String> javaOptions;

    @Unmatched
    private List<String> arguments = new ArrayList<>();

    private int status;

    /**
     * @param process folder of the distribution's {@code lib} with the class path
     * @param mainClass in that class path
     * @param javaOptions of the JVM, unless {@code COUNTINGHOUSE_<PROCESS>_JAVA_OPTIONS} replaces them
     */
    ForwardedCommand(String process, String mainClass, List<String> javaOptions) {
        this.process = process;
        this.mainClass = mainClass;
        this.javaOptions = javaOptions;
    }

    @Override
    public void run() {
        ProcessBuilder builder = new ProcessBuilder(command())
                .redirectInput(Redirect.PIPE)
                .redirectOutput(Redirect.INHERIT)
                .redirectError(Redirect.INHERIT);
        try {
            Process child = builder.start();
            Thread stop = new Thread(() -> stop(child), process + "-stop");
            Runtime.getRuntime().addShutdownHook(stop);
            status = child.waitFor();
            Runtime.getRuntime().removeShutdownHook(stop);
        } catch (IOException e) {
            throw new CommandFailure(
                    ExitCode.TEMPORARY, "Cannot start the %s process: %s".formatted(process, e.getMessage()), e);
        } catch (InterruptedException | IllegalStateException e) {
            throw new CommandFailure(ExitCode.TEMPORARY, "Interrupted while the %s process ran".formatted(process), e);
        }
    }

    @Override
    public int getExitCode() {
        return status;
    }

    private List<String> command() {
        Distribution distribution = Distribution.ofProcess();
        if (!Files.isDirectory(distribution.libraries(process))) {
            throw new CommandFailure(
                    ExitCode.BAD_INPUT,
                    "There is no lib/%s in the distribution at %s; build it with ./mvnw -DskipTests package"
                            .formatted(process, distribution.root()));
        }
        List<String> options = new ArrayList<>(effectiveJavaOptions());
        options.add("-D" + Distribution.HOME_PROPERTY + "=" + distribution.root());
        List<String> mainAndArguments = new ArrayList<>(List.of(mainClass));
        mainAndArguments.addAll(arguments);
        return Guardian.jvm(distribution, options, distribution.classPath(process), mainAndArguments);
    }

    private List<String> effectiveJavaOptions() {
        return Optional.ofNullable(System.getenv("COUNTINGHOUSE_" + process.toUpperCase(Locale.ROOT) + "_JAVA_OPTIONS"))
                .map(String::strip)
                .filter(options -> !options.isEmpty())
                .map(options -> List.of(options.split("\\s+")))
                .orElse(javaOptions);
    }

    /** The guardian in the child ends it in an orderly way once its input closes; the terminal stays ours until then. */
    private static void stop(Process child) {
        try {
            child.getOutputStream().close();
            child.waitFor();
        } catch (IOException e) {
            child.destroy();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
