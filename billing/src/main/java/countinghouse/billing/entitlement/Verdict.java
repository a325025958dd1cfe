package countinghouse.billing.entitlement;

import java.util.Locale;

/** What an admission check came to. */
public enum Verdict {
    /** The job has a place until its lease ends. */
    ADMITTED(true),
    /** The job had its place before; nothing was counted again. */
    ALREADY_ADMITTED(true),
    /** Too many requests in the last 60 seconds. */
    RATE_LIMITED(false),
    /** The quota of the day is used up. */
    QUOTA_EXHAUSTED(false),
    /** As many jobs as allowed are in flight. */
    TOO_MANY_JOBS(false),
    /** The counters cannot be reached, and the plan lets such jobs in. */
    UNCOUNTED_ALLOWED(true),
    /** The counters cannot be reached, and the plan keeps such jobs out. */
    UNCOUNTED_DENIED(false);

    private final boolean allowed;

    Verdict(boolean allowed) {
        this.allowed = allowed;
    }

    public boolean allowed() {
        return allowed;
    }

    /** The verdict in JSON. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }

    static Verdict of(String label) {
        return valueOf(label.toUpperCase(Locale.ROOT));
    }
}
