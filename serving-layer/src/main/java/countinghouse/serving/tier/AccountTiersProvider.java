package countinghouse.serving.tier;

import countinghouse.kit.config.Settings;

/** Provides {@link AccountTiers}; found by {@link java.util.ServiceLoader}. */
public interface AccountTiersProvider {
    /** Opens without waiting for anything to answer. */
    AccountTiers open(Settings settings);
}
