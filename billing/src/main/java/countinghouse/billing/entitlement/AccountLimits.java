package countinghouse.billing.entitlement;

import countinghouse.billing.Billing;
import countinghouse.billing.BillingError;
import countinghouse.billing.BillingException;
import countinghouse.billing.account.Account;
import countinghouse.billing.account.AccountPlan;
import countinghouse.billing.plan.PlanCatalog;
import countinghouse.billing.plan.PlanVersion;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jdbi.v3.core.JdbiException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What each account's plan admits, read from the books and used for a moment; while the books cannot be read, for longer. */
final class AccountLimits {
    private static final Logger LOG = LoggerFactory.getLogger(AccountLimits.class);
    private static final Duration WITHOUT_BOOKS = Duration.ofMinutes(10);
    private static final int KEPT = 10_000;

    private final Billing billing;
    private final Duration age;
    private final Map<String, AdmissionTerms> known = new LinkedHashMap<>(16, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, AdmissionTerms> eldest) {
            return size() > KEPT;
        }
    };

    AccountLimits(Billing billing, Duration age) {
        this.billing = billing;
        this.age = age;
    }

    /**
     * The terms of an account now.
     *
     * @throws BillingException if it is not registered, or its plan says nothing of limits
     */
    AdmissionTerms of(String account) {
        Instant now = billing.clock().instant();
        AdmissionTerms last = find(account);
        if (last != null && now.isBefore(last.readAt().plus(age))) {
            return last;
        }
        try {
            AdmissionTerms read = read(account, now);
            keep(account, read);
            return read;
        } catch (JdbiException e) {
            if (last != null && now.isBefore(last.readAt().plus(WITHOUT_BOOKS))) {
                LOG.warn("The books cannot be read; the limits of {} are those of {}", account, last.readAt(), e);
                return last;
            }
            throw e;
        }
    }

    private AdmissionTerms read(String name, Instant now) {
        Account account = billing.requireAccount(name);
        PlanCatalog plans = billing.plans();
        PlanVersion plan = AccountPlan.of(account, plans, now)
                .orElseThrow(() -> new BillingException(
                        BillingError.CONFLICT, "The account '%s' has no tier at %s".formatted(name, now)));
        return new AdmissionTerms(
                plan.tier().orElseThrow(),
                plan.reference(),
                plan.limits()
                        .orElseThrow(() -> new BillingException(
                                BillingError.CONFLICT,
                                "The plan %s has no 'limits'; a missing limit is not 'unlimited'. Load a version that has them"
                                        .formatted(plan.reference()))),
                account.zone(),
                Upgrade.from(plan, plans, now),
                now);
    }

    private synchronized AdmissionTerms find(String account) {
        return known.get(account);
    }

    private synchronized void keep(String account, AdmissionTerms terms) {
        known.put(account, terms);
    }
}
