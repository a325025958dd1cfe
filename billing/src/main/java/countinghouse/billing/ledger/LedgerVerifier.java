package countinghouse.billing.ledger;

import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.transaction.TransactionIsolationLevel;

/** Walks the whole ledger in one snapshot and names the first entry that is not what was appended. */
public final class LedgerVerifier {
    private final Jdbi jdbi;

    public LedgerVerifier(Jdbi jdbi) {
        this.jdbi = jdbi;
    }

    /**
     * Checks every entry, its link, its batch and the head.
     *
     * @param knownRoot a root known from elsewhere; it must be one of the chain's hashes, or history before it was rewritten
     */
    public LedgerVerdict verify(Optional<String> knownRoot) {
        return verify(knownRoot.map(NotedRoot::of).stream().toList());
    }

    /**
     * Checks every entry, its link, its batch and the head.
     *
     * @param roots noted elsewhere
     */
    public LedgerVerdict verify(List<NotedRoot> roots) {
        return jdbi.inTransaction(
                TransactionIsolationLevel.REPEATABLE_READ, handle -> verify(handle, new ChainCheck(roots)));
    }

    private static LedgerVerdict verify(Handle handle, ChainCheck check) {
        try (LedgerLines lines = new LedgerLines(handle)) {
            while (lines.hasNext()) {
                Optional<LedgerVerdict> broken = check.accept(lines.next());
                if (broken.isPresent()) {
                    return broken.get();
                }
            }
        }
        return check.complete(Ledger.head(handle));
    }
}
