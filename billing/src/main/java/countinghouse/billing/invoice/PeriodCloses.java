package countinghouse.billing.invoice;

import countinghouse.billing.BillingError;
import countinghouse.billing.BillingException;
import countinghouse.billing.BillingPeriod;
import countinghouse.billing.SqlTime;
import countinghouse.billing.TimeRange;
import countinghouse.billing.ledger.CanonicalJson;
import countinghouse.billing.ledger.Ledger;
import countinghouse.billing.ledger.LedgerEvent;
import countinghouse.billing.ledger.LedgerItem;
import countinghouse.billing.usage.ClosedGeneration;
import countinghouse.billing.usage.ClosedUsage;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;

/** Pins periods to generations: the first close of a period decides for every later run. */
public final class PeriodCloses {
    private final Jdbi jdbi;
    private final ClosedUsage usage;
    private final Ledger ledger;
    private final Duration grace;
    private final Clock clock;

    /**
     * Creates it.
     *
     * @param grace how long after a period's end late events may still arrive before it is billed
     */
    public PeriodCloses(Jdbi jdbi, ClosedUsage usage, Ledger ledger, Duration grace, Clock clock) {
        this.jdbi = jdbi;
        this.usage = usage;
        this.ledger = ledger;
        this.grace = grace;
        this.clock = clock;
    }

    /**
     * Closes a period with the current generation; a period closed already stays as it is.
     *
     * @param zones billing time zones in use; the period must have ended in all of them
     * @throws BillingException if no generation is closed through the period's end and the grace
     */
    public PeriodClose close(BillingPeriod period, Collection<ZoneId> zones, String runId, String actor) {
        Optional<PeriodClose> existing = find(period);
        if (existing.isPresent()) {
            return existing.get();
        }
        ClosedGeneration generation = known(period, zones);
        return jdbi.inTransaction(handle -> insert(handle, period, generation, runId, actor));
    }

    /**
     * The current generation, if it knows the whole period.
     *
     * @param zones billing time zones in use; the period must have ended in all of them
     * @throws BillingException if no generation is closed through the period's end and the grace
     */
    public ClosedGeneration known(BillingPeriod period, Collection<ZoneId> zones) {
        Instant needed = end(period, zones).plus(grace);
        ClosedGeneration generation =
                usage.current().orElseThrow(() -> notClosed(period, "nothing is published", needed));
        if (generation.closedThrough().isBefore(needed)) {
            throw notClosed(
                    period,
                    "generation %d is closed through %s".formatted(generation.number(), generation.closedThrough()),
                    needed);
        }
        return generation;
    }

    public Optional<PeriodClose> find(BillingPeriod period) {
        return jdbi.withHandle(handle -> find(handle, period));
    }

    /**
     * The close of a period.
     *
     * @throws BillingException if the period is not closed
     */
    public PeriodClose require(BillingPeriod period) {
        return find(period)
                .orElseThrow(() -> new BillingException(
                        BillingError.PERIOD_NOT_CLOSED,
                        "The period %s is not closed; run 'countinghouse bill close --period %s'"
                                .formatted(period.label(), period.label())));
    }

    private PeriodClose insert(
            Handle handle, BillingPeriod period, ClosedGeneration generation, String runId, String actor) {
        requireNoOverlap(handle, period);
        byte[] manifestDigest = CanonicalJson.sha256(generation.manifest());
        int inserted = handle.createUpdate("""
                        INSERT INTO billing.period_close
                        VALUES (:period, :generation, :closedThrough, :manifestDigest, :runId, :now)
                        ON CONFLICT (period) DO NOTHING
                        """)
                .bind("period", period.label())
                .bind("generation", generation.number())
                .bind("closedThrough", SqlTime.of(generation.closedThrough()))
                .bind("manifestDigest", manifestDigest)
                .bind("runId", runId)
                .bind("now", SqlTime.of(SqlTime.read(clock)))
                .execute();
        if (inserted > 0) {
            ledger.append(
                    handle,
                    new LedgerEvent(
                            actor,
                            "period.closed",
                            Map.of(
                                    "period", period.label(),
                                    "generation", generation.number(),
                                    "closedThrough", generation.closedThrough().toString(),
                                    "runId", runId),
                            List.of(new LedgerItem("period:" + period.label(), manifestDigest))));
        }
        return find(handle, period).orElseThrow();
    }

    /** Refused before the first draft; {@link Places#requireNoOverlap} decides under the lock of each account. */
    private static void requireNoOverlap(Handle handle, BillingPeriod period) {
        handle.createQuery("SELECT DISTINCT time_zone FROM billing.account")
                .mapTo(String.class)
                .list()
                .forEach(zone -> overlapping(handle, period, ZoneId.of(zone)).ifPresent(other -> {
                    throw new BillingException(
                            BillingError.CONFLICT,
                            "The period %s overlaps %s, which accounts in %s are billed for already; choose a period beside it"
                                    .formatted(period.label(), other, zone));
                }));
    }

    private static Optional<String> overlapping(Handle handle, BillingPeriod period, ZoneId zone) {
        TimeRange range = period.in(zone);
        return handle.createQuery("""
                        SELECT d.period FROM billing.document d JOIN billing.account a USING (account)
                        WHERE a.time_zone = :zone AND d.status <> 'void' AND d.period <> :period
                          AND d.period_from < :to AND d.period_to > :from
                          AND (d.period_from, d.period_to) <> (:from, :to)
                        LIMIT 1
                        """)
                .bind("zone", zone.getId())
                .bind("period", period.label())
                .bind("from", SqlTime.of(range.from()))
                .bind("to", SqlTime.of(range.to()))
                .mapTo(String.class)
                .findFirst();
    }

    private static Optional<PeriodClose> find(Handle handle, BillingPeriod period) {
        return handle.createQuery("SELECT * FROM billing.period_close WHERE period = :period")
                .bind("period", period.label())
                .map((row, context) -> new PeriodClose(
                        row.getString("period"),
                        row.getLong("generation"),
                        SqlTime.read(row, "closed_through"),
                        row.getBytes("manifest_digest"),
                        row.getString("run_id")))
                .findOne();
    }

    private static Instant end(BillingPeriod period, Collection<ZoneId> zones) {
        return zones.stream()
                .map(zone -> period.in(zone).to())
                .max(Instant::compareTo)
                .orElseGet(() -> period.in(ZoneOffset.UTC).to());
    }

    private static BillingException notClosed(BillingPeriod period, String state, Instant needed) {
        return new BillingException(
                BillingError.PERIOD_NOT_CLOSED,
                "The period %s is not closed: %s, but it must be through %s; run 'countinghouse batch run', then try again"
                        .formatted(period.label(), state, needed));
    }
}
