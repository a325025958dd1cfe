package countinghouse.billing.account;

import countinghouse.billing.SqlTime;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import org.jdbi.v3.core.Jdbi;

/** The tiers of many accounts at once, for views that group by it. */
public final class TierLookup {
    private static final String SELECT = """
            SELECT DISTINCT ON (account) account, tier FROM billing.tier_assignment
            WHERE account = ANY (:accounts) AND effective_from <= :at
            ORDER BY account, effective_from DESC
            """;

    private final Jdbi jdbi;

    public TierLookup(Jdbi jdbi) {
        this.jdbi = jdbi;
    }

    /** Label of the tier in force at an instant, by account; accounts that nobody registered, or not yet, are absent. */
    public Map<String, String> at(Instant instant, Collection<String> accounts) {
        return jdbi.withHandle(handle -> {
            Map<String, String> tiers = new HashMap<>();
            handle.createQuery(SELECT)
                    .bindArray("accounts", String.class, accounts.toArray(String[]::new))
                    .bind("at", SqlTime.of(instant))
                    .map((row, context) -> Map.entry(row.getString("account"), row.getString("tier")))
                    .forEach(entry -> tiers.put(entry.getKey(), entry.getValue()));
            return tiers;
        });
    }
}
