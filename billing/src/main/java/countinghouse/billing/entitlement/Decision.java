package countinghouse.billing.entitlement;

import countinghouse.billing.plan.Limits;
import countinghouse.kit.http.ZoneText;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * The answer to an admission check.
 *
 * @param account whose check it was
 * @param job that asked for a place
 * @param verdict of the check
 * @param terms by which it was judged
 * @param day quota day of the check
 * @param reservation what the counters said; empty if they could not be reached
 */
public record Decision(
        String account,
        String job,
        Verdict verdict,
        AdmissionTerms terms,
        QuotaDay day,
        Optional<Reservation> reservation) {
    /** Jobs admitted on the quota day, this one included; empty if it was not admitted, not counted, or has no quota. */
    public OptionalLong quotaUsed() {
        boolean counts =
                verdict == Verdict.ADMITTED && terms.limits().dailyQuota().isPresent();
        return counts ? OptionalLong.of(reservation.orElseThrow().admittedToday()) : OptionalLong.empty();
    }

    /** The decision as JSON, with how old each part of it may be. */
    public Map<String, Object> toJson() {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("account", account);
        json.put("jobId", job);
        json.put("allowed", verdict.allowed());
        json.put("reason", verdict.label());
        json.put("message", message());
        reservation.flatMap(Reservation::leaseUntil).ifPresent(until -> json.put("leaseUntil", until));
        reservation
                .map(Reservation::retryAfter)
                .filter(wait -> !wait.isZero())
                .ifPresent(wait -> json.put("retryAfterMs", wait.toMillis()));
        json.put("tier", terms.tier().label());
        json.put("plan", terms.plan());
        json.put("limits", json(terms.limits()));
        json.put("quota", quota());
        reservation.ifPresent(counted -> json.put("inFlight", counted.inFlight()));
        json.put("staleness", staleness());
        if (!verdict.allowed()) {
            terms.upgrade().ifPresent(upgrade -> json.put("upgrade", json(upgrade)));
        }
        return json;
    }

    private Map<String, Object> quota() {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("day", day.date().toString());
        json.put("zone", ZoneText.of(day.zone()));
        json.put("resetsAt", day.end());
        OptionalLong quota = terms.limits().dailyQuota();
        reservation.ifPresent(counted -> {
            json.put("used", counted.admittedToday());
            quota.ifPresent(most -> json.put("remaining", Math.max(0, most - counted.admittedToday())));
        });
        return json;
    }

    private Map<String, Object> staleness() {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("counters", reservation.isPresent() ? "as of this answer" : "not reachable");
        json.put("limitsReadAt", terms.readAt());
        reservation.flatMap(Reservation::lastJobEvent).ifPresent(at -> json.put("lastJobEventAt", at));
        return json;
    }

    private String message() {
        Limits limits = terms.limits();
        return switch (verdict) {
            case ADMITTED -> "Admitted";
            case ALREADY_ADMITTED -> "This job has its place already";
            case RATE_LIMITED -> "More than %d requests in a minute".formatted(limits.requestsPerMinute());
            case QUOTA_EXHAUSTED ->
                "All %d jobs of %s (%s) are used; the next day begins at %s"
                        .formatted(limits.dailyQuota().orElse(0), day.date(), day.zone(), day.end());
            case TOO_MANY_JOBS ->
                "%d of %d jobs are in flight"
                        .formatted(reservation.map(Reservation::inFlight).orElse(0L), limits.concurrentJobs());
            case UNCOUNTED_ALLOWED -> "The counters cannot be reached; this tier is let in, and pays for what it uses";
            case UNCOUNTED_DENIED -> "The system is busy; try again in a moment";
        };
    }

    private static Map<String, Object> json(Limits limits) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("requestsPerMinute", limits.requestsPerMinute());
        json.put(
                "dailyQuota",
                limits.dailyQuota().isPresent() ? limits.dailyQuota().getAsLong() : "unlimited");
        json.put("concurrentJobs", limits.concurrentJobs());
        json.put("whenUnavailable", limits.whenUnavailable().label());
        return json;
    }

    private static Map<String, Object> json(Upgrade upgrade) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("tier", upgrade.tier().label());
        json.put("limits", json(upgrade.limits()));
        return json;
    }
}
