package countinghouse.ingestion.fuzz;

import countinghouse.ingestion.testing.TestDoor;
import countinghouse.kit.access.AccessRole;
import java.time.Duration;

/** A producer's token for runs that outlast one. */
final class RenewedToken {
    private static final long USED_NANOS = Duration.ofMinutes(4).toNanos();

    private final TestDoor door;
    private String text;
    private long issuedAtNanos;

    RenewedToken(TestDoor door) {
        this.door = door;
    }

    synchronized String text() {
        if (text == null || System.nanoTime() - issuedAtNanos > USED_NANOS) {
            text = door.token(AccessRole.PRODUCER);
            issuedAtNanos = System.nanoTime();
        }
        return text;
    }
}
