package countinghouse.billing.invoice;

import java.util.Locale;

/** The life of a document: draft, finalized, then paid or void. A finalized document is never edited. */
public enum DocumentStatus {
    DRAFT,
    FINALIZED,
    PAID,
    VOID;

    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }

    static DocumentStatus of(String label) {
        return valueOf(label.toUpperCase(Locale.ROOT));
    }

    /** What to do about a document that cannot be moved on from here. */
    String remedy() {
        return switch (this) {
            case DRAFT -> "finalize it first";
            case FINALIZED -> "pay it, void it or credit it";
            case PAID -> "make a credit note to give something back";
            case VOID -> "run the billing of its period again to replace it";
        };
    }

    /** Whether a document may go from this status to another. */
    boolean mayBecome(DocumentStatus next) {
        return switch (this) {
            case DRAFT -> next == FINALIZED || next == VOID;
            case FINALIZED -> next == PAID || next == VOID;
            case PAID, VOID -> false;
        };
    }
}
