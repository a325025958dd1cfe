package countinghouse.billing.entitlement;

import countinghouse.billing.Billing;
import countinghouse.billing.BillingException;
import countinghouse.billing.plan.Limits.WhenUnavailable;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Admission: may this account run one more job, now? Usage that was let in is metered whatever was decided here. */
public final class Entitlements implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Entitlements.class);

    private final Billing billing;
    private final AccountLimits limits;
    private final AdmissionCounters counters;

    public Entitlements(Billing billing, EntitlementConfig config) {
        this.billing = billing;
        this.limits = new AccountLimits(billing, config.limitsAge());
        this.counters = new AdmissionCounters(config);
    }

    /**
     * Checks an account's limits and takes a place for a job, both at once. Asking again for a job that has a place is harmless.
     *
     * @param job id of the job, as its events will have it
     * @throws BillingException if the account is not registered
     */
    public Decision check(String account, String job) {
        AdmissionTerms terms = limits.of(account);
        QuotaDay day = QuotaDay.of(billing.clock().instant(), terms.zone());
        try {
            Reservation reservation = counters.reserve(account, job, terms.limits(), day);
            return new Decision(account, job, reservation.verdict(), terms, day, Optional.of(reservation));
        } catch (CountersUnavailableException e) {
            LOG.warn("Admission of {} is decided without counters", account, e);
            Verdict verdict = terms.limits().whenUnavailable() == WhenUnavailable.ALLOW
                    ? Verdict.UNCOUNTED_ALLOWED
                    : Verdict.UNCOUNTED_DENIED;
            return new Decision(account, job, verdict, terms, day, Optional.empty());
        }
    }

    AdmissionCounters counters() {
        return counters;
    }

    @Override
    public void close() {
        counters.close();
    }
}
