package countinghouse.billing.ledger;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.result.ResultIterator;

/** All entries of the ledger in their order, read in one pass that holds one entry at a time. */
final class LedgerLines implements Iterator<LedgerLine>, AutoCloseable {
    private static final int FETCH_ROWS = 1000;

    private final ResultIterator<Row> rows;
    private Row ahead;

    /**
     * Opens them.
     *
     * @param handle in a transaction, without which the driver would read everything at once
     */
    LedgerLines(Handle handle) {
        rows = handle.createQuery("""
                        SELECT l.number, l.entry, l.hash, i.subject, i.digest
                        FROM billing.ledger l LEFT JOIN billing.ledger_item i USING (number) ORDER BY l.number, i.ordinal
                        """)
                .setFetchSize(FETCH_ROWS)
                .map((row, context) ->
                        new Row(row.getLong(1), row.getString(2), row.getBytes(3), row.getString(4), row.getBytes(5)))
                .iterator();
        advance();
    }

    @Override
    public boolean hasNext() {
        return ahead != null;
    }

    @Override
    public LedgerLine next() {
        if (ahead == null) {
            throw new NoSuchElementException("The ledger has no further entry");
        }
        Row first = ahead;
        List<LedgerItem> items = new ArrayList<>();
        while (ahead != null && ahead.number() == first.number()) {
            if (ahead.subject() != null) {
                items.add(new LedgerItem(ahead.subject(), ahead.digest()));
            }
            advance();
        }
        return new LedgerLine(first.number(), first.text(), first.hash(), items);
    }

    private void advance() {
        ahead = rows.hasNext() ? rows.next() : null;
    }

    @Override
    public void close() {
        rows.close();
    }

    private record Row(long number, String text, byte[] hash, String subject, byte[] digest) {}
}
