package countinghouse.guardian;

import java.io.IOException;
import java.io.InputStream;

/**
 * Ends the process when its standard input closes, which happens as soon as the process that started it is gone, however it
 * died. Loaded with {@code -javaagent}, so it guards any program without being part of it.
 */
public final class GuardianAgent {
    private static final long GRACE_MILLIS = 10_000;
    private static final int HALTED = 143;

    private GuardianAgent() {}

    public static void premain(String arguments) {
        InputStream owner = System.in;
        daemon("guardian", () -> {
            awaitEnd(owner);
            daemon("guardian-halt", GuardianAgent::haltAfterGrace);
            System.exit(0);
        });
    }

    private static void awaitEnd(InputStream owner) {
        byte[] ignored = new byte[64];
        try {
            while (owner.read(ignored) >= 0) {
                // Only the end matters.
            }
        } catch (IOException e) {
            // A pipe that cannot be read has nobody at its other end.
        }
    }

    /** A shutdown hook that hangs must not keep the process alive without an owner. */
    private static void haltAfterGrace() {
        try {
            Thread.sleep(GRACE_MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        Runtime.getRuntime().halt(HALTED);
    }

    private static void daemon(String name, Runnable task) {
        Thread thread = new Thread(task, name);
        thread.setDaemon(true);
        thread.start();
    }
}
