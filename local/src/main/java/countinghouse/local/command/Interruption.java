package countinghouse.local.command;

import java.io.PrintStream;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;

/**
 * Says once that work was interrupted. When Ctrl-C stops the components, whatever uses them fails in some way; none of that is news to
 * the person who pressed it.
 */
public final class Interruption {
    private final PrintStream error;
    private final AtomicBoolean happened = new AtomicBoolean();

    public Interruption(PrintStream error) {
        this.error = error;
    }

    /** Does the work; if the process is told to end meanwhile, says so and never returns. */
    public <T> T guard(Supplier<T> work) {
        Thread hook = new Thread(this::tell, "interruption");
        Runtime.getRuntime().addShutdownHook(hook);
        try {
            T result = work.get();
            Runtime.getRuntime().removeShutdownHook(hook);
            return result;
        } catch (RuntimeException e) {
            waitForTheEnd();
            Runtime.getRuntime().removeShutdownHook(hook);
            throw e;
        }
    }

    private void tell() {
        happened.set(true);
        error.println("countinghouse: interrupted; everything that was started is being stopped, and its logs stay");
    }

    private void waitForTheEnd() {
        while (happened.get()) {
            LockSupport.park();
        }
    }
}
