package countinghouse.billing.ledger;

import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.transaction.TransactionIsolationLevel;

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
     * Entries before a number, newest first.
     *
     * @param before exclusive; above the head for the newest
     */
    public List<Entry> pageBack(long before, int limit) {
        return jdbi.withHandle(handle -> handle.createQuery("""
                        SELECT number, entry, hash FROM billing.ledger WHERE number < :before ORDER BY number DESC LIMIT :limit
                        """)
                .bind("before", before)
                .bind("limit", limit)
                .map((row, context) -> new Entry(
                        row.getLong(1), row.getString(2), HexFormat.of().formatHex(row.getBytes(3))))
                .list());
    }

    /** The newest entry. */
    public LedgerHead head() {
        return jdbi.withHandle(Ledger::head);
    }

    /**
     * The root that vouches for a subject: the hash of the newest entry that names it, and so of everything before.
     *
     * @param subject as in {@link LedgerItem}
     */
    public Optional<LedgerHead> rootOf(String subject) {
        return jdbi.withHandle(handle -> handle.createQuery("""
                        SELECT l.number, l.hash FROM billing.ledger_item i JOIN billing.ledger l USING (number)
                        WHERE i.subject = :subject ORDER BY l.number DESC LIMIT 1
                        """)
                .bind("subject", subject)
                .map((row, context) -> new LedgerHead(row.getLong(1), row.getBytes(2)))
                .findOne());
    }

    /** What is wrong with an entry, its items, or its links to the entries before and after it; empty if nothing is. */
    public Optional<String> problemOf(long number) {
        return jdbi.inTransaction(TransactionIsolationLevel.REPEATABLE_READ, handle -> {
            Optional<LedgerLine> line = line(handle, number);
            if (line.isEmpty()) {
                return Optional.of("it is missing");
            }
            Optional<LedgerLine> before = line(handle, number - 1);
            if (number > 1 && before.isEmpty()) {
                return Optional.of("the entry before it is missing");
            }
            String previous =
                    before.map(one -> HexFormat.of().formatHex(one.hash())).orElse(ChainCheck.NO_PREVIOUS);
            Optional<String> problem = EntryCheck.problemOf(line.get(), number, previous);
            return problem.isPresent() ? problem : problemAfter(handle, line.get());
        });
    }

    private static Optional<String> problemAfter(Handle handle, LedgerLine line) {
        LedgerHead head = Ledger.head(handle);
        if (head.number() == line.number()) {
            return Arrays.equals(head.hash(), line.hash()) ? Optional.empty() : Optional.of("it is not the head");
        }
        Optional<LedgerLine> after = line(handle, line.number() + 1);
        return after.isPresent()
                ? EntryCheck.problemOf(
                                after.get(), line.number() + 1, HexFormat.of().formatHex(line.hash()))
                        .map(problem -> "the entry after it: " + problem)
                : Optional.of("the entry after it is missing");
    }

    private static Optional<LedgerLine> line(Handle handle, long number) {
        List<LedgerItem> items = handle.createQuery(
                        "SELECT subject, digest FROM billing.ledger_item WHERE number = :number ORDER BY ordinal")
                .bind("number", number)
                .map((row, context) -> new LedgerItem(row.getString(1), row.getBytes(2)))
                .list();
        return handle.createQuery("SELECT entry, hash FROM billing.ledger WHERE number = :number")
                .bind("number", number)
                .map((row, context) -> new LedgerLine(number, row.getString(1), row.getBytes(2), items))
                .findOne();
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
