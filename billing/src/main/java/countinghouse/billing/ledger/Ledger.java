package countinghouse.billing.ledger;

import countinghouse.billing.SqlTime;
import java.time.Clock;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.jdbi.v3.core.Handle;

/**
 * The audit ledger: append-only, each entry holding the hash of the one before. An entry belongs to the transaction that it records and
 * is its last act, so that entries are numbered in the order of commits and a rolled-back transaction leaves no gap.
 */
public final class Ledger {
    private final Clock clock;

    public Ledger(Clock clock) {
        this.clock = clock;
    }

    /**
     * Appends an entry. The head stays locked until the transaction ends, so nothing may follow it there.
     *
     * @param handle in a transaction
     */
    public LedgerHead append(Handle handle, LedgerEvent event) {
        if (!handle.isInTransaction()) {
            throw new IllegalStateException("A ledger entry belongs to the transaction that it records");
        }
        LedgerHead previous = lockedHead(handle);
        long number = previous.number() + 1;
        String entry = CanonicalJson.text(Map.of(
                "number", number,
                "previous", previous.root(),
                "at", SqlTime.read(clock).toString(),
                "actor", event.actor(),
                "action", event.action(),
                "detail", event.detail(),
                "batch", Map.of("items", event.items().size(), "digest", BatchDigest.of(event.items()))));
        LedgerHead head = new LedgerHead(number, CanonicalJson.sha256(entry));
        handle.execute("INSERT INTO billing.ledger (number, entry, hash) VALUES (?, ?, ?)", number, entry, head.hash());
        insertItems(handle, number, event.items());
        handle.execute("UPDATE billing.ledger_head SET number = ?, hash = ? WHERE id = 1", number, head.hash());
        return head;
    }

    /** The newest entry as this transaction sees it. */
    public static LedgerHead head(Handle handle) {
        return readHead(handle, "");
    }

    private static LedgerHead lockedHead(Handle handle) {
        return readHead(handle, " FOR UPDATE");
    }

    private static LedgerHead readHead(Handle handle, String lock) {
        return handle.createQuery("SELECT number, hash FROM billing.ledger_head WHERE id = 1" + lock)
                .map((row, context) -> new LedgerHead(row.getLong(1), row.getBytes(2)))
                .one();
    }

    private static void insertItems(Handle handle, long number, List<LedgerItem> items) {
        if (items.isEmpty()) {
            return;
        }
        handle.createUpdate("""
                        INSERT INTO billing.ledger_item (number, ordinal, subject, digest)
                        SELECT :number, ordinal - 1, subject, decode(digest, 'hex')
                        FROM unnest(:subjects, :digests) WITH ORDINALITY AS i(subject, digest, ordinal)
                        """)
                .bind("number", number)
                .bindArray(
                        "subjects",
                        String.class,
                        items.stream().map(LedgerItem::subject).toArray())
                .bindArray(
                        "digests",
                        String.class,
                        items.stream()
                                .map(item -> HexFormat.of().formatHex(item.digest()))
                                .toArray())
                .execute();
    }
}
