package countinghouse.serving.layers;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** Stops processes without ending them, and lets them go on: a remote that hangs. */
public final class Signals {
    private Signals() {}

    public static void stop(List<ProcessHandle> processes) {
        send("-STOP", processes);
    }

    public static void goOn(List<ProcessHandle> processes) {
        send("-CONT", processes);
    }

    private static void send(String signal, List<ProcessHandle> processes) {
        List<String> command = new ArrayList<>(List.of("kill", signal));
        processes.forEach(process -> command.add(Long.toString(process.pid())));
        try {
            // A process may have ended meanwhile, so the status says nothing.
            new ProcessBuilder(command).start().waitFor();
        } catch (IOException e) {
            throw new AssertionError(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }
}
