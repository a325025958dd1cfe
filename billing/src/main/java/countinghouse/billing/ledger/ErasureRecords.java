package countinghouse.billing.ledger;

import countinghouse.billing.SqlTime;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/** Copies into the ledger that somebody was erased from the archive, when, and how many records that changed; never who (ADR 0169). */
final class ErasureRecords {
    private static final String NEXT = """
            SELECT number, erased_at, reference, records, erased_by FROM published.erasure
            WHERE number > (SELECT coalesce(max(erasure), 0) FROM billing.recorded_erasure)
            ORDER BY number LIMIT 1
            """;

    private final Ledger ledger;

    ErasureRecords(Ledger ledger) {
        this.ledger = ledger;
    }

    private record Erasure(long number, String actor, Map<String, ?> detail) {}

    /** Records the next that is not recorded yet, in a transaction that excludes others who do; false if there is none. */
    boolean recordNext(Handle handle) {
        Optional<Erasure> next = handle.createQuery(NEXT)
                .map((row, context) -> new Erasure(
                        row.getLong("number"),
                        row.getString("erased_by"),
                        Map.of(
                                "erasure", Long.toString(row.getLong("number")),
                                "erasedAt", SqlTime.read(row, "erased_at").toString(),
                                "reference", row.getString("reference"),
                                "records", Long.toString(row.getLong("records")))))
                .findOne();
        next.ifPresent(erasure -> {
            LedgerHead head = ledger.append(
                    handle, new LedgerEvent(erasure.actor(), "archive.erased", erasure.detail(), List.of()));
            handle.execute(
                    "INSERT INTO billing.recorded_erasure (erasure, entry) VALUES (?, ?)",
                    erasure.number(),
                    head.number());
        });
        return next.isPresent();
    }
}
