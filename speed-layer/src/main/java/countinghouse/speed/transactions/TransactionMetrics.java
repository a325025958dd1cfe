package countinghouse.speed.transactions;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.concurrent.atomic.AtomicInteger;

/** What repairs of transactions tell; made once for a process, since a repair ends with each client that it watches over. */
public final class TransactionMetrics {
    private final AtomicInteger hangingNow = new AtomicInteger();
    private final Counter hanging;
    private final Counter orphaned;
    private final Counter stranded;

    public TransactionMetrics(MeterRegistry metrics) {
        hanging = aborted("hanging", metrics);
        orphaned = aborted("orphaned", metrics);
        stranded = aborted("stranded", metrics);
        Gauge.builder("countinghouse.speed.transactions.hanging", hangingNow, AtomicInteger::get)
                .description(
                        "Transactions open in a partition's log that no coordinator knows of; readers wait for ever")
                .register(metrics);
    }

    private static Counter aborted(String reason, MeterRegistry metrics) {
        return Counter.builder("countinghouse.speed.transactions.aborted")
                .description("Transactions that the speed layer had to end itself, by reason")
                .tag("reason", reason)
                .register(metrics);
    }

    void hangingNow(int transactions) {
        hangingNow.set(transactions);
    }

    void hangingAborted() {
        hanging.increment();
    }

    void orphanedAborted() {
        orphaned.increment();
    }

    void strandedAborted() {
        stranded.increment();
    }
}
