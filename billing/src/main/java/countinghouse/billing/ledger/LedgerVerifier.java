package countinghouse.billing.ledger;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import countinghouse.kit.http.Json;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.result.ResultIterator;
import org.jdbi.v3.core.transaction.TransactionIsolationLevel;

/** Walks the whole ledger in one snapshot and names the first entry that is not what was appended. */
public final class LedgerVerifier {
    private static final int FETCH_ROWS = 500;
    private static final String NO_PREVIOUS = "0".repeat(64);

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
        return jdbi.inTransaction(TransactionIsolationLevel.REPEATABLE_READ, handle -> verify(handle, knownRoot));
    }

    private static LedgerVerdict verify(Handle handle, Optional<String> knownRoot) {
        String previous = NO_PREVIOUS;
        long number = 0;
        boolean rootSeen = knownRoot.isEmpty() || knownRoot.get().equals(NO_PREVIOUS);
        try (ResultIterator<Row> rows = handle.createQuery(
                        "SELECT number, entry, hash FROM billing.ledger ORDER BY number")
                .setFetchSize(FETCH_ROWS)
                .map((row, context) -> new Row(row.getLong(1), row.getString(2), row.getBytes(3)))
                .iterator()) {
            for (Iterator<Row> iterator = rows; iterator.hasNext(); ) {
                Row row = iterator.next();
                Optional<String> problem = problemOf(handle, row, number + 1, previous);
                if (problem.isPresent()) {
                    return LedgerVerdict.broken(number, previous, number + 1, problem.get());
                }
                number = row.number();
                previous = HexFormat.of().formatHex(row.hash());
                rootSeen |= knownRoot.filter(previous::equalsIgnoreCase).isPresent();
            }
        }
        LedgerHead head = Ledger.head(handle);
        if (head.number() != number || !head.root().equals(previous)) {
            return LedgerVerdict.broken(
                    number,
                    previous,
                    number + 1,
                    "the head says that entry %d with hash %s is the last".formatted(head.number(), head.root()));
        }
        return rootSeen
                ? LedgerVerdict.whole(number, previous)
                : LedgerVerdict.broken(
                        number,
                        previous,
                        1,
                        "no entry has the known root %s; history was rewritten".formatted(knownRoot.get()));
    }

    private static Optional<String> problemOf(Handle handle, Row row, long expectedNumber, String previous) {
        if (row.number() != expectedNumber) {
            return Optional.of("it is missing; the next entry is %d".formatted(row.number()));
        }
        if (!Arrays.equals(CanonicalJson.sha256(row.entry()), row.hash())) {
            return Optional.of("its text does not have its hash");
        }
        JsonNode entry;
        try {
            entry = Json.mapper().readTree(row.entry());
        } catch (JsonProcessingException e) {
            return Optional.of("its text is not JSON");
        }
        if (entry.path("number").asLong() != row.number()) {
            return Optional.of("its text is of entry %s".formatted(entry.path("number")));
        }
        if (!entry.path("previous").asText().equals(previous)) {
            return Optional.of("it does not follow the entry before it");
        }
        return entry.path("batch").path("digest").asText().equals(BatchDigest.of(items(handle, row.number())))
                ? Optional.empty()
                : Optional.of("its batch of items was changed");
    }

    private static List<LedgerItem> items(Handle handle, long number) {
        return handle.createQuery(
                        "SELECT subject, digest FROM billing.ledger_item WHERE number = :number ORDER BY ordinal")
                .bind("number", number)
                .map((row, context) -> new LedgerItem(row.getString(1), row.getBytes(2)))
                .list();
    }

    private record Row(long number, String entry, byte[] hash) {}
}
