package countinghouse.billing.ledger;

import java.util.HexFormat;
import java.util.List;
import org.jdbi.v3.core.Jdbi;

/** Reads the ledger in its order. */
public final class LedgerReader {
    private final Jdbi jdbi;

    public LedgerReader(Jdbi jdbi) {
        this.jdbi = jdbi;
    }

    /** Entries after a number. */
    public List<Entry> page(long after, int limit) {
        return jdbi.withHandle(handle -> handle.createQuery("""
                        SELECT number, entry, hash FROM billing.ledger WHERE number > :after ORDER BY number LIMIT :limit
                        """)
                .bind("after", after)
                .bind("limit", limit)
                .map((row, context) -> new Entry(
                        row.getLong(1), row.getString(2), HexFormat.of().formatHex(row.getBytes(3))))
                .list());
    }

    /**
     * An entry as it is stored.
     *
     * @param number from 1
     * @param text canonical JSON
     * @param hash SHA-256 of the text, in hex
     */
    public record Entry(long number, String text, String hash) {}
}
