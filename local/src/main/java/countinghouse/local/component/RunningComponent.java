package countinghouse.local.component;

import countinghouse.kit.command.CommandFailure;
import countinghouse.kit.command.ExitCode;
import countinghouse.local.child.ChildProcess;
import countinghouse.local.child.LogTail;
import java.time.Duration;
import java.util.OptionalLong;

/** A component and the process that runs it, if any. */
public final class RunningComponent {
    private static final Duration POLL = Duration.ofMillis(50);
    private static final Duration STOP_GRACE = Duration.ofSeconds(15);

    private final Component component;
    private ChildProcess process;
    private Runnable endListener;
    private boolean closed;

    public RunningComponent(Component component) {
        this.component = component;
    }

    public Component component() {
        return component;
    }

    public String name() {
        return component.name();
    }

    /**
     * Starts the process and returns when the component serves.
     *
     * @throws CommandFailure if it ends or is not ready in time
     */
    public void start() {
        ChildProcess started = launch();
        long deadline = System.nanoTime() + component.startDeadline().toNanos();
        do {
            if (started.endedWithin(POLL)) {
                throw failure(started, "ended while it started");
            }
            if (System.nanoTime() > deadline) {
                started.kill();
                throw failure(
                        started,
                        "was not ready after %d s"
                                .formatted(component.startDeadline().toSeconds()));
            }
        } while (!component.isReady());
    }

    private synchronized ChildProcess launch() {
        if (closed) {
            throw new CommandFailure(
                    ExitCode.TEMPORARY, "%s is not started: the platform is stopping".formatted(name()));
        }
        if (process != null && process.isAlive()) {
            throw new IllegalStateException("%s already runs with pid %d".formatted(name(), process.pid()));
        }
        process = ChildProcess.start(name(), component.command());
        listen();
        return process;
    }

    /** Kills the process as a power cut would; it can be started again. */
    public synchronized void kill() {
        if (process != null) {
            process.kill();
        }
    }

    /** Asks the process to end and never starts it again. */
    public synchronized void askToStop() {
        closed = true;
        if (process != null) {
            process.askToStop();
        }
    }

    /** Ends the process for good; returns when it is gone. */
    public synchronized void close() {
        closed = true;
        if (process != null) {
            process.stop(STOP_GRACE);
        }
    }

    public synchronized boolean isAlive() {
        return process != null && process.isAlive();
    }

    /** Calls the listener whenever the process has ended, also after a restart. */
    public synchronized void onEnd(Runnable listener) {
        endListener = listener;
        listen();
    }

    @SuppressWarnings("FutureReturnValueIgnored") // nobody waits for a listener
    private void listen() {
        Runnable listener = endListener;
        if (listener != null && process != null) {
            process.exit().thenRun(listener);
        }
    }

    /** Process id; empty if it does not run. */
    public synchronized OptionalLong pid() {
        return isAlive() ? OptionalLong.of(process.pid()) : OptionalLong.empty();
    }

    private CommandFailure failure(ChildProcess started, String what) {
        return new CommandFailure(
                ExitCode.TEMPORARY,
                "%s %s (%s); see %s"
                        .formatted(
                                name(), what, LogTail.cause(started.log()).orElse("it wrote nothing"), started.log()));
    }
}
