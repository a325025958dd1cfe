package countinghouse.serving.batchview;

import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.Query;

/**
 * The statement for totals over everything that a generation counts, in the columns of {@link BatchSql}. It touches a few rows per account and
 * combination of dimensions that is asked for (one stand-in for all, where they need not be told apart), however long the history is (ADR 0106).
 *
 * <p>A generation whose totals are kept always gives a row: one without events if nothing was counted. No row therefore says that the totals
 * are not kept, in the same snapshot.
 */
final class TotalSql {
    /** In place of an account: all of them; in place of dimensions likewise. */
    private static final String ALL = "''";

    private final BatchQuery query;

    TotalSql(BatchQuery query) {
        this.query = query;
    }

    Query prepare(Handle handle, long generation) {
        Query prepared =
                handle.createQuery(text()).bind("generation", generation).bind("meter", query.meter());
        if (isOfNamedAccounts()) {
            prepared.bindArray("accounts", String.class, query.accounts().names());
        }
        if (query.wholeDimensions() != null) {
            prepared.bindArray("dimensions", String.class, query.wholeDimensions());
        }
        return prepared;
    }

    private String text() {
        return """
                SELECT %s, %s, first_cell, last_cell, n, value, NULL::bytea
                FROM published.totals_kept k LEFT JOIN LATERAL (
                    SELECT DISTINCT ON (t.account, t.dimensions) t.account, t.dimensions, t.n, t.value, t.first_cell, t.last_cell
                    FROM published.batch_total t
                    WHERE t.generation <= k.generation AND t.generation <> ALL(k.abandoned) AND t.meter = :meter AND %s AND %s
                    ORDER BY t.account, t.dimensions, t.generation DESC
                ) newest ON n > 0
                WHERE k.generation = :generation""".formatted(
                        query.byAccount() ? "account" : "NULL",
                        query.byDimensions() ? "dimensions" : "NULL",
                        accounts(),
                        dimensions());
    }

    private String accounts() {
        if (isOfNamedAccounts()) {
            return "t.account = ANY(:accounts)";
        }
        return "t.account %s %s".formatted(query.byAccount() ? "<>" : "=", ALL);
    }

    private String dimensions() {
        if (query.wholeDimensions() != null) {
            return "t.dimensions = ANY(:dimensions)";
        }
        return "t.dimensions %s %s".formatted(query.byDimensions() ? "<>" : "=", ALL);
    }

    private boolean isOfNamedAccounts() {
        return !query.accounts().all();
    }
}
