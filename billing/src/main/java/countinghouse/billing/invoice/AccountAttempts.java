package countinghouse.billing.invoice;

import countinghouse.billing.BillingException;
import countinghouse.billing.account.Account;
import countinghouse.billing.plan.PlanException;
import countinghouse.billing.rating.RatingException;
import java.util.LinkedHashMap;
import java.util.Map;

/** Does the steps of a run account by account: one that cannot be rated is named and left out of the steps after it, and stops no other. */
final class AccountAttempts {
    private final Map<String, String> reasons = new LinkedHashMap<>();

    /** Does a step, unless one before it failed for the account. What is wrong with a service, and not with the account, goes on. */
    void attempt(Account account, Runnable step) {
        if (reasons.containsKey(account.account())) {
            return;
        }
        try {
            step.run();
        } catch (PlanException | RatingException e) {
            reasons.put(account.account(), e.getMessage());
        } catch (BillingException e) {
            if (e.error().status() >= 500) {
                throw e;
            }
            reasons.put(account.account(), e.getMessage());
        }
    }

    /** Takes back that an account could not be rated: it need not be. */
    void excuse(Account account) {
        reasons.remove(account.account());
    }

    UnratedAccounts unrated() {
        return UnratedAccounts.of(reasons.entrySet().stream()
                .map(reason -> new UnratedAccount(reason.getKey(), reason.getValue()))
                .toList());
    }
}
