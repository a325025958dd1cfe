package countinghouse.billing.idempotency;

import countinghouse.billing.BillingError;
import countinghouse.billing.BillingException;
import countinghouse.billing.SqlTime;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Optional;
import java.util.function.Supplier;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;

/**
 * Makes a change once per caller and key. The answer is stored by the very transaction that makes the change, so that no crash can part
 * the two (ADR 0068). A refused change leaves nothing behind, and its key free.
 */
public final class IdempotentChanges {
    private static final Duration KEPT = Duration.ofDays(30);
    private static final int REMOVED_AT_ONCE = 100;

    private final Jdbi jdbi;
    private final Clock clock;

    public IdempotentChanges(Jdbi jdbi, Clock clock) {
        this.jdbi = jdbi;
        this.clock = clock;
    }

    /**
     * Makes a change, or answers as it was answered. A second request at the same time waits for the first.
     *
     * @param change works through the same {@link Jdbi} in this thread, and so joins the transaction
     * @throws BillingException if the key was used for another request
     */
    public KeyedAnswer make(KeyedRequest request, Supplier<String> change) {
        return jdbi.inTransaction(handle -> {
            lock(handle, request);
            Optional<String> answered = find(handle, request);
            if (answered.isPresent()) {
                return new KeyedAnswer(answered.get(), true);
            }
            String body = change.get();
            Instant now = SqlTime.read(clock);
            insert(handle, request, body, now);
            removeOld(handle, now.minus(KEPT));
            return new KeyedAnswer(body, false);
        });
    }

    /** Two keys whose hashes meet only wait for each other. */
    private static void lock(Handle handle, KeyedRequest request) {
        handle.createQuery("SELECT 1 FROM pg_advisory_xact_lock(hashtextextended(:name, 0))")
                .bind("name", "idempotency:%s:%s".formatted(request.caller(), request.key()))
                .mapTo(Integer.class)
                .one();
    }

    private static Optional<String> find(Handle handle, KeyedRequest request) {
        return handle.createQuery("""
                        SELECT request_digest, answer FROM billing.idempotent_answer WHERE caller = :caller AND key = :key
                        """)
                .bind("caller", request.caller())
                .bind("key", request.key())
                .map((row, context) -> {
                    if (!Arrays.equals(row.getBytes("request_digest"), request.digest())) {
                        throw new BillingException(
                                BillingError.KEY_REUSED,
                                "The Idempotency-Key '%s' was used for another request; choose a new key"
                                        .formatted(request.key()));
                    }
                    return row.getString("answer");
                })
                .findOne();
    }

    private static void insert(Handle handle, KeyedRequest request, String body, Instant now) {
        handle.createUpdate("INSERT INTO billing.idempotent_answer VALUES (:caller, :key, :digest, :answer, :now)")
                .bind("caller", request.caller())
                .bind("key", request.key())
                .bind("digest", request.digest())
                .bind("answer", body)
                .bind("now", SqlTime.of(now))
                .execute();
    }

    private static void removeOld(Handle handle, Instant before) {
        handle.createUpdate("""
                        DELETE FROM billing.idempotent_answer WHERE (caller, key) IN (
                            SELECT caller, key FROM billing.idempotent_answer WHERE answered_at < :before
                            LIMIT :limit FOR UPDATE SKIP LOCKED)
                        """)
                .bind("before", SqlTime.of(before))
                .bind("limit", REMOVED_AT_ONCE)
                .execute();
    }
}
