package countinghouse.billing.alert;

import countinghouse.billing.SqlTime;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jdbi.v3.core.Jdbi;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Delivers what is due. A delivery is taken before it is tried, and tried outside any transaction; if this process dies meanwhile, it is due again after
 * {@link #TAKEN}. So each alert arrives at least once.
 */
final class Deliveries {
    private static final Logger LOG = LoggerFactory.getLogger(Deliveries.class);
    private static final Duration TAKEN = Duration.ofMinutes(2);
    private static final int BATCH = 20;
    private static final int MAX_ERROR_LENGTH = 500;

    private final Jdbi jdbi;
    private final Map<String, AlertChannel> channels;
    private final RetryPolicy retry;
    private final Clock clock;

    Deliveries(Jdbi jdbi, Map<String, AlertChannel> channels, RetryPolicy retry, Clock clock) {
        this.jdbi = jdbi;
        this.channels = Map.copyOf(channels);
        this.retry = retry;
        this.clock = clock;
    }

    /** Tries every delivery that is due once; returns how many arrived. */
    int deliverDue() {
        int delivered = 0;
        List<Due> batch = take();
        while (!batch.isEmpty()) {
            for (Due due : batch) {
                delivered += deliver(due) ? 1 : 0;
            }
            batch = take();
        }
        return delivered;
    }

    private List<Due> take() {
        Instant now = SqlTime.read(clock);
        return jdbi.inTransaction(handle -> handle.createQuery("""
            WITH due AS (
                SELECT alert, channel FROM billing.alert_delivery
                WHERE status = 'pending' AND next_attempt <= :now AND channel = ANY(:channels)
                ORDER BY next_attempt LIMIT :limit FOR UPDATE SKIP LOCKED),
            taken AS (
                UPDATE billing.alert_delivery d SET attempts = d.attempts + 1, next_attempt = :until
                FROM due WHERE d.alert = due.alert AND d.channel = due.channel
                RETURNING d.alert, d.channel, d.attempts)
            SELECT a.*, taken.channel, taken.attempts FROM taken JOIN billing.alert a ON a.id = taken.alert
            """)
                .bind("now", SqlTime.of(now))
                .bind("until", SqlTime.of(now.plus(TAKEN)))
                .bindArray("channels", String.class, channels.keySet().toArray())
                .bind("limit", BATCH)
                .map((row, context) -> new Due(Alerts.alert(row), row.getString("channel"), row.getInt("attempts")))
                .list());
    }

    private boolean deliver(Due due) {
        try {
            channels.get(due.channel()).deliver(due.alert());
            record(due, "delivered", SqlTime.read(clock), null);
            return true;
        } catch (DeliveryException e) {
            boolean dead = retry.isExhausted(due.attempts());
            LOG.warn(
                    "{} could not be delivered by {} (attempt {}){}",
                    due.alert().id(),
                    due.channel(),
                    due.attempts(),
                    dead ? "; it is on the dead-letter list now" : "",
                    e);
            String error = e.getMessage();
            record(
                    due,
                    dead ? "dead" : "pending",
                    SqlTime.read(clock).plus(retry.waitAfter(due.attempts())),
                    error.substring(0, Math.min(error.length(), MAX_ERROR_LENGTH)));
            return false;
        }
    }

    private void record(Due due, String status, Instant next, String error) {
        jdbi.useHandle(handle -> handle.createUpdate("""
            UPDATE billing.alert_delivery SET status = :status, next_attempt = :next, last_error = :error
            WHERE alert = :alert AND channel = :channel AND status = 'pending'
            """)
                .bind("status", status)
                .bind("next", SqlTime.of(next))
                .bind("error", error)
                .bind("alert", due.alert().id())
                .bind("channel", due.channel())
                .execute());
    }

    private record Due(Alert alert, String channel, int attempts) {}
}
