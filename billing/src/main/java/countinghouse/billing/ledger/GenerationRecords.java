package countinghouse.billing.ledger;

import countinghouse.billing.SqlTime;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;

/**
 * Copies what the batch layer did into the ledger: every publish and every rollback, with the digest of the manifest that is served then
 * (ADR 0069), and every erasure. Billing has no say in those transactions, so it records them afterwards, in their order.
 */
public final class GenerationRecords {
    private static final String NEXT = """
            SELECT m.number, m.before, m.after, m.moved_at, m.moved_by,
                   was.parent AS previous_parent, g.parent, g.run_id, g.closed_through, g.published_by, g.manifest::text AS manifest
            FROM published.pointer_move m
            LEFT JOIN published.generation g ON g.number = m.after
            LEFT JOIN published.generation was ON was.number = m.before
            WHERE m.number > (SELECT coalesce(max(move), 0) FROM billing.recorded_move)
            ORDER BY m.number LIMIT 1
            """;

    private final Jdbi jdbi;
    private final Ledger ledger;
    private final ErasureRecords erasures;

    public GenerationRecords(Jdbi jdbi, Ledger ledger) {
        this.jdbi = jdbi;
        this.ledger = ledger;
        this.erasures = new ErasureRecords(ledger);
    }

    /** Records what is not recorded yet; how many entries that made. */
    public int record() {
        int recorded = 0;
        while (jdbi.inTransaction(this::recordNext)) {
            recorded++;
        }
        return recorded;
    }

    /** The name of a generation in the ledger. */
    public static String subject(long generation) {
        return "generation:" + generation;
    }

    private boolean recordNext(Handle handle) {
        handle.createQuery("SELECT 1 FROM pg_advisory_xact_lock(hashtextextended('billing generation records', 0))")
                .mapTo(Integer.class)
                .one();
        Optional<Move> next = handle.createQuery(NEXT)
                .map((row, context) -> {
                    Map<String, Object> detail = new TreeMap<>();
                    detail.put("before", generation(row.getObject("before", Long.class)));
                    detail.put("after", generation(row.getObject("after", Long.class)));
                    detail.put("movedAt", SqlTime.read(row, "moved_at").toString());
                    Long after = row.getObject("after", Long.class);
                    if (after == null) {
                        return new Move(
                                row.getLong("number"), row.getString("moved_by"), "withdrawn", detail, List.of());
                    }
                    byte[] digest = CanonicalJson.sha256(row.getString("manifest"));
                    detail.put("runId", row.getString("run_id"));
                    detail.put(
                            "closedThrough", SqlTime.read(row, "closed_through").toString());
                    detail.put("publishedBy", row.getString("published_by"));
                    detail.put("manifestDigest", HexFormat.of().formatHex(digest));
                    Long before = row.getObject("before", Long.class);
                    return new Move(
                            row.getLong("number"),
                            row.getString("moved_by"),
                            verb(
                                    before,
                                    after,
                                    row.getObject("previous_parent", Long.class),
                                    row.getObject("parent", Long.class)),
                            detail,
                            List.of(new LedgerItem(subject(after), digest)));
                })
                .findOne();
        next.ifPresent(move -> append(handle, move));
        return next.isPresent() || erasures.recordNext(handle);
    }

    private static String verb(Long before, Long after, Long previousParent, Long parent) {
        if (after.equals(previousParent)) {
            return "rolled-back";
        }
        return Objects.equals(before, parent) ? "published" : "moved";
    }

    private void append(Handle handle, Move move) {
        LedgerHead head = ledger.append(
                handle, new LedgerEvent(move.actor(), "generation." + move.verb(), move.detail(), move.items()));
        handle.execute("INSERT INTO billing.recorded_move (move, entry) VALUES (?, ?)", move.number(), head.number());
    }

    private static String generation(Long number) {
        return number == null ? "none" : number.toString();
    }

    private record Move(long number, String actor, String verb, Map<String, ?> detail, List<LedgerItem> items) {}
}
