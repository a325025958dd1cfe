package countinghouse.app.tier;

import countinghouse.billing.BillingDatabase;
import countinghouse.kit.config.Settings;
import countinghouse.serving.tier.AccountTiers;
import countinghouse.serving.tier.AccountTiersProvider;

/** Lets the serving layer group by tier without knowing billing. */
public final class RegisteredTiersProvider implements AccountTiersProvider {
    @Override
    public AccountTiers open(Settings settings) {
        return new RegisteredTiers(BillingDatabase.open(settings));
    }
}
