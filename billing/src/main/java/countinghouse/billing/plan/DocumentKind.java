package countinghouse.billing.plan;

import java.util.Locale;

/** What a plan's prices lead to. */
public enum DocumentKind {
    /** An account owes it. */
    INVOICE,
    /** An account is owed it. */
    PAYOUT;

    /** The kind in the database, in JSON and in URLs. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The kind of a label. */
    public static DocumentKind of(String label) {
        return valueOf(label.toUpperCase(Locale.ROOT));
    }
}
