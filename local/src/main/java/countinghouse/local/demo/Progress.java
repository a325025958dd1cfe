package countinghouse.local.demo;

import java.io.PrintStream;
import java.time.Duration;
import java.util.Locale;

/** Tells a person what is going on, a line at a time, with the time since the start. */
public final class Progress {
    private final PrintStream out;
    private final long startNanos = System.nanoTime();

    public Progress(PrintStream out) {
        this.out = out;
    }

    /** A new stage begins. */
    public void stage(String what) {
        out.printf(Locale.ROOT, "%6.1f s  %s%n", elapsed().toMillis() / 1000.0, what);
    }

    /** Something within the stage. */
    public void detail(String what) {
        out.println("          " + what);
    }

    public Duration elapsed() {
        return Duration.ofNanos(System.nanoTime() - startNanos);
    }
}
