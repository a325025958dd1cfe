package countinghouse.billing.ledger;

import java.util.Locale;

/**
 * The root of the ledger as somebody noted it where the owner of the database cannot rewrite it.
 *
 * @param number of the entry whose hash it is; 0 if only the hash was noted
 * @param root the hash, in lower-case hex
 */
public record NotedRoot(long number, String root) {
    public NotedRoot {
        root = root.toLowerCase(Locale.ROOT);
    }

    /** A root without its number, e.g. from an invoice. */
    public static NotedRoot of(String root) {
        return new NotedRoot(0, root);
    }
}
