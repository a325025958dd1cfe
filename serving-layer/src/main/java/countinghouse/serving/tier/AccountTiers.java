package countinghouse.serving.tier;

import countinghouse.kit.config.Settings;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.Set;

/** Which tier accounts have, for views that group by it; whoever keeps the accounts provides it (ADR 0094). */
public interface AccountTiers extends AutoCloseable {
    /**
     * The tiers in force now.
     *
     * @return by account; accounts without a tier are absent
     * @throws TiersUnavailableException if they cannot be told now
     */
    Map<String, String> of(Set<String> accounts);

    @Override
    void close();

    /** The tiers of the class path; where nobody provides any, nobody can tell them. */
    static AccountTiers find(Settings settings) {
        return ServiceLoader.load(AccountTiersProvider.class)
                .findFirst()
                .map(provider -> provider.open(settings))
                .orElseGet(UnknownTiers::new);
    }
}
