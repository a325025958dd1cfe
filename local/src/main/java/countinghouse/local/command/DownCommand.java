package countinghouse.local.command;

import countinghouse.kit.command.CommandFailure;
import countinghouse.kit.command.ExitCode;
import countinghouse.kit.command.Subcommand;
import countinghouse.local.state.StateDirectory;
import countinghouse.local.status.PlatformStatus;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Stops the platform that {@code up} started; its data stays. */
@Command(
        name = "down",
        description = "Stop the platform that 'up' started. Its data stays for the next 'up'.",
        mixinStandardHelpOptions = true)
public final class DownCommand implements Subcommand {
    private static final int DEADLINE_SECONDS = 90;

    @Mixin
    private StateOption state = new StateOption();

    @Spec
    private CommandSpec spec;

    @Override
    public void run() {
        StateDirectory directory = state.directory();
        PlatformStatus status = PlatformStatus.of(directory);
        Optional<ProcessHandle> owner =
                status.state().equals(PlatformStatus.STOPPED) ? Optional.empty() : status.owner();
        if (owner.isEmpty()) {
            spec.commandLine().getOut().println("No platform runs in " + directory);
            return;
        }
        // Listed while the owner lives: afterwards nobody knows that they were its own.
        List<ProcessHandle> processes =
                new ArrayList<>(owner.get().descendants().toList());
        processes.add(owner.get());
        owner.get().destroy();
        awaitEnd(owner.get(), processes);
        spec.commandLine().getOut().println("Stopped the platform in " + directory);
    }

    /** Waits for the children too: a port or a file of theirs must be free when this command returns. */
    private static void awaitEnd(ProcessHandle owner, List<ProcessHandle> processes) {
        try {
            CompletableFuture<?>[] ends =
                    processes.stream().map(ProcessHandle::onExit).toArray(CompletableFuture<?>[]::new);
            CompletableFuture.allOf(ends).get(DEADLINE_SECONDS, TimeUnit.SECONDS);
        } catch (TimeoutException e) {
            // Its children end with it, as they do however it ends.
            owner.destroyForcibly();
        } catch (ExecutionException e) {
            throw new CommandFailure(
                    ExitCode.TEMPORARY, "Cannot wait for the platform's owner %d (%s)".formatted(owner.pid(), e), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CommandFailure(
                    ExitCode.TEMPORARY,
                    "Interrupted; the platform's owner %d is still stopping".formatted(owner.pid()),
                    e);
        }
    }
}
