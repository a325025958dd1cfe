package countinghouse.local.demo;

import countinghouse.kit.command.CommandFailure;
import countinghouse.kit.command.ExitCode;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;

/** Waits until the live counts have reached what was sent. */
final class CatchUp {
    private static final Duration LIMIT = Duration.ofMinutes(3);
    private static final Duration INTERVAL = Duration.ofMillis(200);

    private CatchUp() {}

    /**
     * Waits for a total.
     *
     * @return the total reached
     * @throws CommandFailure if it is not reached in time, or passed: either way the live counts are wrong
     */
    static BigDecimal await(Supplier<BigDecimal> total, BigDecimal expected) {
        long deadline = System.nanoTime() + LIMIT.toNanos();
        BigDecimal seen = total.get();
        while (seen.compareTo(expected) != 0) {
            if (System.nanoTime() > deadline) {
                throw new CommandFailure(
                        ExitCode.DISAGREED,
                        "The live counts add up to %s and should have reached %s within %d s; the log of 'speed' may say why"
                                .formatted(seen, expected, LIMIT.toSeconds()));
            }
            LockSupport.parkNanos(INTERVAL.toNanos());
            seen = total.get();
        }
        return seen;
    }
}
