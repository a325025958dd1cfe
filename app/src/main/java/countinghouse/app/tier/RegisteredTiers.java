package countinghouse.app.tier;

import countinghouse.billing.account.TierLookup;
import countinghouse.kit.database.Database;
import countinghouse.serving.tier.AccountTiers;
import countinghouse.serving.tier.TiersUnavailableException;
import java.time.Clock;
import java.util.Map;
import java.util.Set;
import org.jdbi.v3.core.JdbiException;

/** The tiers that billing has assigned, for the serving layer. */
final class RegisteredTiers implements AccountTiers {
    private final Database database;
    private final TierLookup tiers;
    private final Clock clock = Clock.systemUTC();

    RegisteredTiers(Database database) {
        this.database = database;
        this.tiers = new TierLookup(database.jdbi());
    }

    @Override
    public Map<String, String> of(Set<String> accounts) {
        try {
            return accounts.isEmpty() ? Map.of() : tiers.at(clock.instant(), accounts);
        } catch (JdbiException e) {
            throw new TiersUnavailableException("The tiers of accounts cannot be read from billing's database now", e);
        }
    }

    @Override
    public void close() {
        database.close();
    }
}
