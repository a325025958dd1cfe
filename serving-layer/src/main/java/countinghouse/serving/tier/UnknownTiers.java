package countinghouse.serving.tier;

import java.util.Map;
import java.util.Set;

/** No part of this process keeps accounts. */
final class UnknownTiers implements AccountTiers {
    @Override
    public Map<String, String> of(Set<String> accounts) {
        throw new TiersUnavailableException("This process does not know the tiers of accounts", null);
    }

    @Override
    public void close() {}
}
