package countinghouse.serving.live;

import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/**
 * What changed since the last look.
 *
 * @param byAccount meters by account
 */
record Changes(Map<String, Set<String>> byAccount) {
    /** The meters of which a subscription's totals may have changed. */
    Set<String> concerning(LiveSubscription subscription) {
        Set<String> meters = new HashSet<>();
        if (subscription.accounts().all()) {
            byAccount.values().forEach(meters::addAll);
        } else {
            subscription
                    .accounts()
                    .names()
                    .forEach(account -> meters.addAll(byAccount.getOrDefault(account, Set.of())));
        }
        return meters;
    }
}
