package countinghouse.billing.watch;

import countinghouse.billing.ledger.LedgerVerdict;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.time.Duration;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jdbi.v3.core.Jdbi;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Gauges of what was billed and whether the audit chain is whole. Billing runs are commands that end, so the process that stays looks; the chain is
 * walked from its first entry at every check, since whoever rewrites history need not touch its end.
 */
public final class BillingMetrics implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(BillingMetrics.class);
    private static final Duration AMOUNTS_INTERVAL = Duration.ofMinutes(1);
    private static final double MS_PER_SECOND = 1e3;

    private final MeterRegistry registry;
    private final BilledAmounts amounts;
    private final Supplier<LedgerVerdict> ledger;
    private final Clock clock;
    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor(work -> {
        Thread thread = new Thread(work, "billing-metrics");
        thread.setDaemon(true);
        return thread;
    });
    /** Used by the timer's thread alone. */
    private final Set<BilledAmounts.Kind> registered = new HashSet<>();

    private volatile Map<BilledAmounts.Kind, Double> billed = Map.of();
    private volatile double broken = Double.NaN;
    private volatile double entries = Double.NaN;
    private volatile double checkedAtSeconds = Double.NaN;

    private BillingMetrics(MeterRegistry registry, Jdbi jdbi, Supplier<LedgerVerdict> ledger, Clock clock) {
        this.registry = registry;
        this.amounts = new BilledAmounts(jdbi);
        this.ledger = ledger;
        this.clock = clock;
    }

    /**
     * Registers the gauges, and looks from now on.
     *
     * @param amounts whether amounts of money are told too: whoever reaches the port can read them
     * @param ledger checks the whole chain
     * @param ledgerInterval between two checks of it
     */
    public static BillingMetrics start(
            MeterRegistry registry,
            Jdbi jdbi,
            boolean amounts,
            Supplier<LedgerVerdict> ledger,
            Duration ledgerInterval,
            Clock clock) {
        BillingMetrics metrics = new BillingMetrics(registry, jdbi, ledger, clock);
        metrics.registerLedger();
        if (amounts) {
            metrics.repeat(metrics::sumUp, AMOUNTS_INTERVAL);
        }
        metrics.repeat(metrics::checkLedger, ledgerInterval);
        return metrics;
    }

    private void registerLedger() {
        Gauge.builder("countinghouse.ledger.broken", () -> broken)
                .description("1 if the last check found the audit chain broken, 0 if whole")
                .register(registry);
        Gauge.builder("countinghouse.ledger.entries", () -> entries)
                .description("Entries of the audit ledger that the last check has walked")
                .register(registry);
        Gauge.builder("countinghouse.ledger.checked.timestamp.seconds", () -> checkedAtSeconds)
                .description("When the audit chain was last checked to its end or to its break")
                .register(registry);
    }

    private void repeat(Runnable look, Duration interval) {
        var unused = timer.scheduleWithFixedDelay(() -> quietly(look), 0, interval.toMillis(), TimeUnit.MILLISECONDS);
    }

    private static void quietly(Runnable look) {
        try {
            look.run();
        } catch (RuntimeException e) {
            LOG.warn("Cannot look at the books, for metrics: {}", e.getMessage());
        }
    }

    private void sumUp() {
        billed = amounts.ofLastPeriod();
        for (BilledAmounts.Kind kind : billed.keySet()) {
            if (registered.add(kind)) {
                Gauge.builder("countinghouse.billed.amount", () -> billed.getOrDefault(kind, 0.0))
                        .description("Sum of the documents of the period closed last that are not void")
                        .tag("kind", kind.document())
                        .tag("status", kind.status())
                        .tag("currency", kind.currency())
                        .register(registry);
            }
        }
    }

    private void checkLedger() {
        LedgerVerdict verdict = ledger.get();
        verdict.problem()
                .ifPresent(problem -> LOG.error(
                        "The audit chain is broken at entry {}: {}",
                        verdict.firstBroken().map(String::valueOf).orElse("unknown"),
                        problem));
        entries = verdict.entries();
        broken = verdict.ok() ? 0 : 1;
        checkedAtSeconds = clock.millis() / MS_PER_SECOND;
    }

    @Override
    public void close() {
        timer.shutdownNow();
    }
}
