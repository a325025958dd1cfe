package countinghouse.billing.usage;

import countinghouse.billing.SqlTime;
import countinghouse.billing.TimeRange;
import countinghouse.schemas.CanaryAccount;
import org.jdbi.v3.core.Jdbi;

/** Usage that nobody is billed for, because its account is not registered: counted, and reported as such. */
public final class UnregisteredUsage {
    private final Jdbi jdbi;

    public UnregisteredUsage(Jdbi jdbi) {
        this.jdbi = jdbi;
    }

    /** How many accounts are not registered in a range of a generation, and how many counts they have over all meters; without canaries. */
    public Summary of(long generation, TimeRange range) {
        return jdbi.withHandle(handle -> handle.createQuery("""
                        SELECT count(DISTINCT c.account) AS accounts, coalesce(sum(c.n), 0)::bigint AS counts
                        FROM published.generation_day d JOIN published.batch_count c USING (run_number, ingest_day)
                        WHERE d.generation = :generation AND c.cell >= :from AND c.cell < :to
                          AND NOT EXISTS (SELECT FROM billing.account a WHERE a.account = c.account)
                          AND NOT starts_with(c.account, :canary)
                        """)
                .bind("generation", generation)
                .bind("from", SqlTime.of(range.from()))
                .bind("to", SqlTime.of(range.to()))
                .bind("canary", CanaryAccount.PREFIX)
                .map((row, context) -> new Summary(row.getLong("accounts"), row.getLong("counts")))
                .one());
    }

    /**
     * Usage without an account.
     *
     * @param accounts that are not registered
     * @param counts contributions to meters
     */
    public record Summary(long accounts, long counts) {}
}
