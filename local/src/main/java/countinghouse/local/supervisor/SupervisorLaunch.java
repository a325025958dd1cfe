package countinghouse.local.supervisor;

import static java.nio.charset.StandardCharsets.UTF_8;

import countinghouse.kit.command.CommandFailure;
import countinghouse.kit.command.ExitCode;
import countinghouse.local.distribution.Distribution;
import countinghouse.local.state.StateDirectory;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalInt;
import java.util.Set;
import java.util.function.Consumer;

/** Starts the supervisor in the background and follows it until the platform is up; if we end before, so does it. */
public final class SupervisorLaunch {
    /** Ctrl-C and a closed terminal end us, never the platform once it is up. */
    private static final String IGNORE_TERMINAL = "trap '' INT HUP; exec \"$@\"";

    private final StateDirectory state;

    public SupervisorLaunch(StateDirectory state) {
        this.state = state;
    }

    /**
     * Starts the platform.
     *
     * @throws CommandFailure what the supervisor said, if it could not
     */
    public void start(OptionalInt apiPort, Set<Extra> extras, Consumer<String> progress) {
        Process supervisor = launch(apiPort, extras);
        Thread stopWithUs = new Thread(() -> stop(supervisor), "supervisor-stop");
        Runtime.getRuntime().addShutdownHook(stopWithUs);
        try {
            follow(supervisor, progress);
            tell(supervisor, SuperviseCommand.DETACH);
        } finally {
            try {
                Runtime.getRuntime().removeShutdownHook(stopWithUs);
            } catch (IllegalStateException e) {
                // The hook is running: we were interrupted, and it stops the supervisor.
            }
        }
    }

    private Process launch(OptionalInt apiPort, Set<Extra> extras) {
        Distribution distribution = Distribution.ofProcess();
        List<String> command = new ArrayList<>(Arrays.asList("/bin/sh", "-c", IGNORE_TERMINAL, "sh"));
        command.addAll(List.of(
                Distribution.java().toString(),
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-Xmx96m",
                "-D" + Distribution.HOME_PROPERTY + "=" + distribution.root(),
                "-cp",
                distribution.classPath("app"),
                "countinghouse.app.Main",
                SuperviseCommand.NAME,
                "--state",
                state.toString()));
        apiPort.ifPresent(port -> command.addAll(List.of("--port", Integer.toString(port))));
        extras.forEach(extra -> command.addAll(List.of("--with", extra.toString())));
        try {
            return new ProcessBuilder(command)
                    .directory(state.root().toFile())
                    .redirectError(state.log("supervisor").toFile())
                    .start();
        } catch (IOException e) {
            throw new CommandFailure(
                    ExitCode.TEMPORARY, "Cannot start the platform's supervisor (%s); try again".formatted(e), e);
        }
    }

    private void follow(Process supervisor, Consumer<String> progress) {
        BufferedReader lines = supervisor.inputReader(UTF_8);
        try {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                if (line.equals(SuperviseCommand.READY)) {
                    return;
                }
                if (line.startsWith(SuperviseCommand.FAILED)) {
                    String[] failure = line.split(" ", 3);
                    throw new CommandFailure(ExitCode.valueOf(failure[1]), failure[2]);
                }
                progress.accept(line);
            }
        } catch (IOException e) {
            throw new CommandFailure(
                    ExitCode.TEMPORARY, "Lost the platform's supervisor (%s); try again".formatted(e), e);
        }
        throw new CommandFailure(
                ExitCode.TEMPORARY,
                "The platform's supervisor ended while it started; see %s".formatted(state.log("supervisor")));
    }

    private static void tell(Process supervisor, String word) {
        try (OutputStream stream = supervisor.getOutputStream()) {
            stream.write((word + "\n").getBytes(UTF_8));
        } catch (IOException e) {
            throw new CommandFailure(
                    ExitCode.TEMPORARY, "The platform's supervisor ended (%s); try again".formatted(e), e);
        }
    }

    private static void stop(Process supervisor) {
        try {
            supervisor.getOutputStream().close();
            supervisor.waitFor();
        } catch (IOException | InterruptedException e) {
            supervisor.destroy();
        }
    }
}
