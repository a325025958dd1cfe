package countinghouse.billing.publication;

import countinghouse.billing.BillingError;
import countinghouse.billing.BillingException;
import countinghouse.billing.SqlTime;
import countinghouse.billing.ledger.GenerationRecords;
import countinghouse.billing.ledger.Ledger;
import java.sql.SQLException;
import java.time.Instant;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.statement.StatementException;
import org.postgresql.util.PSQLException;
import org.postgresql.util.ServerErrorMessage;

/** Serves the generation before the current one, and records the move in the ledger in the same transaction (ADR 0143). */
public final class Rollback {
    /** Raised by {@code published.roll_back} for what it refuses. */
    private static final String REFUSED = "CH001";

    private final Jdbi jdbi;
    private final GenerationRecords records;

    public Rollback(Jdbi jdbi, GenerationRecords records) {
        this.jdbi = jdbi;
        this.records = records;
    }

    /**
     * Moves the pointer one generation back.
     *
     * @param expected the generation that the caller wants to leave
     * @param actor who asks, for the ledger
     * @throws BillingException (conflict) if another generation is served, or there is nothing to go back to
     */
    public RolledBack from(long expected, String actor) {
        return jdbi.inTransaction(handle -> {
            long served = rollBack(handle, expected, actor);
            // Joins this transaction; the ledger's head is locked from here on.
            records.record();
            return new RolledBack(
                    expected,
                    served,
                    closedThrough(handle, served),
                    Ledger.head(handle).number());
        });
    }

    private static long rollBack(Handle handle, long expected, String actor) {
        try {
            return handle.createQuery("SELECT published.roll_back(:expected, :actor)")
                    .bind("expected", expected)
                    .bind("actor", actor)
                    .mapTo(Long.class)
                    .one();
        } catch (StatementException e) {
            if (e.getCause() instanceof SQLException cause && REFUSED.equals(cause.getSQLState())) {
                throw new BillingException(BillingError.CONFLICT, message(cause));
            }
            throw e;
        }
    }

    /** The driver's own message goes on with where in the function it was raised. */
    private static String message(SQLException cause) {
        ServerErrorMessage server = cause instanceof PSQLException known ? known.getServerErrorMessage() : null;
        return server == null ? cause.getMessage() : server.getMessage();
    }

    private static Instant closedThrough(Handle handle, long generation) {
        return handle.createQuery("SELECT closed_through FROM published.generation WHERE number = :number")
                .bind("number", generation)
                .map((row, context) -> SqlTime.read(row, "closed_through"))
                .one();
    }
}
