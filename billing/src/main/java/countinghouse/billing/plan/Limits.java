package countinghouse.billing.plan;

import java.util.Locale;
import java.util.OptionalLong;

/**
 * What a plan admits. Metering never blocks; admission does.
 *
 * @param requestsPerMinute checks admitted in any 60 seconds, at least 1
 * @param dailyQuota jobs admitted per quota day; empty for no limit
 * @param concurrentJobs jobs in flight at once, at least 1
 * @param whenUnavailable what to answer while the counters cannot be reached
 */
public record Limits(
        int requestsPerMinute, OptionalLong dailyQuota, int concurrentJobs, WhenUnavailable whenUnavailable) {
    /** What an admission check answers while its counters cannot be reached. */
    public enum WhenUnavailable {
        /** Admit: usage is metered and charged all the same. */
        ALLOW,
        /** Refuse: what is above the limits would never be charged. */
        DENY;

        public String label() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    public Limits {
        if (requestsPerMinute < 1 || concurrentJobs < 1 || dailyQuota.orElse(1) < 1) {
            throw new PlanException(
                    "Limits must be at least 1: requests_per_minute is %d, daily_quota %s, concurrent_jobs %d"
                            .formatted(
                                    requestsPerMinute,
                                    dailyQuota.isEmpty() ? "unlimited" : dailyQuota.getAsLong(),
                                    concurrentJobs));
        }
    }
}
