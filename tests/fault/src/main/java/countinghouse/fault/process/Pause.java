package countinghouse.fault.process;

import countinghouse.kit.command.CommandFailure;
import countinghouse.kit.command.ExitCode;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/** Lets time pass, which is all that a random moment needs. */
public final class Pause {
    private Pause() {}

    public static void of(Duration time) {
        try {
            TimeUnit.NANOSECONDS.sleep(time.toNanos());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CommandFailure(ExitCode.TEMPORARY, "Interrupted; everything that was started is stopped", e);
        }
    }
}
