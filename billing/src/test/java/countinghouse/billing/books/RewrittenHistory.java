package countinghouse.billing.books;

import countinghouse.billing.ledger.CanonicalJson;
import java.util.List;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;

/** What a clever owner of the database can do: change an entry and make the whole chain after it agree. */
public final class RewrittenHistory {
    private RewrittenHistory() {}

    /** Replaces a text in an entry, then hashes it and everything after it anew, with the head. */
    public static void replace(Jdbi owner, long number, String text, String by) {
        owner.useTransaction(handle -> {
            List<Long> rest = handle.createQuery("SELECT number FROM billing.ledger WHERE number >= ? ORDER BY number")
                    .bind(0, number)
                    .mapTo(Long.class)
                    .list();
            for (long next : rest) {
                String entry = entry(handle, next);
                String changed = next == number ? entry.replace(text, by) : linked(handle, entry, next);
                handle.execute(
                        "UPDATE billing.ledger SET entry = ?, hash = ? WHERE number = ?",
                        changed,
                        CanonicalJson.sha256(changed),
                        next);
            }
            handle.execute("""
                    UPDATE billing.ledger_head SET hash = (SELECT hash FROM billing.ledger ORDER BY number DESC LIMIT 1)
                    """);
        });
    }

    private static String linked(Handle handle, String entry, long number) {
        String before = handle.createQuery("SELECT encode(hash, 'hex') FROM billing.ledger WHERE number = ?")
                .bind(0, number - 1)
                .mapTo(String.class)
                .one();
        String marker = "\"previous\":\"";
        int start = entry.indexOf(marker) + marker.length();
        return entry.substring(0, start) + before + entry.substring(start + before.length());
    }

    private static String entry(Handle handle, long number) {
        return handle.createQuery("SELECT entry FROM billing.ledger WHERE number = ?")
                .bind(0, number)
                .mapTo(String.class)
                .one();
    }
}
