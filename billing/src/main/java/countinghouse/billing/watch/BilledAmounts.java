package countinghouse.billing.watch;

import java.util.HashMap;
import java.util.Map;
import org.jdbi.v3.core.Jdbi;

/** What the documents of a period come to, rounded as metrics are: no figure for the books. */
final class BilledAmounts {
    private static final int TIMEOUT_SECONDS = 10;

    private static final String LAST_PERIOD = """
            SELECT kind, status, currency, sum(total) FROM billing.document
            WHERE status <> 'void' AND period = (SELECT period FROM billing.period_close ORDER BY closed_at DESC LIMIT 1)
            GROUP BY kind, status, currency""";

    private final Jdbi jdbi;

    BilledAmounts(Jdbi jdbi) {
        this.jdbi = jdbi;
    }

    /**
     * What amounts are kept apart by.
     *
     * @param document invoice or payout
     */
    record Kind(String document, String status, String currency) {}

    Map<Kind, Double> ofLastPeriod() {
        return jdbi.withHandle(handle -> {
            Map<Kind, Double> amounts = new HashMap<>();
            handle.createQuery(LAST_PERIOD)
                    .setQueryTimeout(TIMEOUT_SECONDS)
                    .map((row, context) -> amounts.put(
                            new Kind(row.getString(1), row.getString(2), row.getString(3)), row.getDouble(4)))
                    .list();
            return Map.copyOf(amounts);
        });
    }
}
