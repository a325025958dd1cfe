package countinghouse.billing.alert;

import countinghouse.billing.BillingError;
import countinghouse.billing.BillingException;
import countinghouse.billing.SqlTime;
import countinghouse.billing.ledger.CanonicalJson;
import countinghouse.billing.ledger.Ledger;
import countinghouse.billing.ledger.LedgerEvent;
import countinghouse.billing.ledger.LedgerItem;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jdbi.v3.core.Jdbi;

/** The alerts that were raised, and how far their deliveries are. */
public final class Alerts {
    private final Jdbi jdbi;
    private final Ledger ledger;
    private final Clock clock;

    public Alerts(Jdbi jdbi, Clock clock) {
        this.jdbi = jdbi;
        this.ledger = new Ledger(clock);
        this.clock = clock;
    }

    /** Raises an alert unless it was raised before, together with what is to be delivered; whether it is new. */
    boolean raise(Alert alert, Set<String> channels) {
        return jdbi.inTransaction(handle -> {
            int raised = handle.createUpdate("""
                INSERT INTO billing.alert VALUES (:id, :account, :period, :subject, :threshold, :payload, :at)
                ON CONFLICT DO NOTHING
                """)
                    .bind("id", alert.id())
                    .bind("account", alert.account())
                    .bind("period", alert.period())
                    .bind("subject", alert.subject())
                    .bind("threshold", alert.threshold())
                    .bind("payload", alert.payload())
                    .bind("at", SqlTime.of(alert.raisedAt()))
                    .execute();
            if (raised > 0) {
                channels.forEach(channel -> handle.execute(
                        "INSERT INTO billing.alert_delivery VALUES (?, ?, 'pending', 0, ?, NULL)",
                        alert.id(),
                        channel,
                        SqlTime.of(alert.raisedAt())));
            }
            return raised > 0;
        });
    }

    /**
     * Alerts after an id with their deliveries, in the order of ids.
     *
     * @param dead only what could not be delivered
     * @param accounts only of these; empty for all
     */
    public List<AlertState> page(boolean dead, Optional<Set<String>> accounts, String after, int limit) {
        return jdbi.withHandle(handle -> handle.createQuery("""
            SELECT a.*, (SELECT jsonb_object_agg(d.channel, jsonb_build_object(
                    'status', d.status, 'attempts', d.attempts, 'lastError', d.last_error))::text
                FROM billing.alert_delivery d WHERE d.alert = a.id) AS deliveries
            FROM billing.alert a
            WHERE a.id > :after AND (:accounts::text[] IS NULL OR a.account = ANY(:accounts))
              AND (NOT :dead OR EXISTS (
                SELECT FROM billing.alert_delivery d WHERE d.alert = a.id AND d.status = 'dead'))
            ORDER BY a.id LIMIT :limit
            """)
                .bind("after", after)
                .bind("dead", dead)
                .bindByType(
                        "accounts",
                        accounts.map(names -> names.toArray(String[]::new)).orElse(null),
                        String[].class)
                .bind("limit", limit)
                .map((row, context) -> new AlertState(alert(row), row.getString("deliveries")))
                .list());
    }

    /**
     * Puts dead deliveries back to be tried again, from the first attempt.
     *
     * @param id of one alert; empty for all
     * @param actor who asks for it
     * @return how many deliveries
     * @throws BillingException if the named alert has no dead delivery
     */
    public int replay(Optional<String> id, String actor) {
        return jdbi.inTransaction(handle -> {
            Instant now = SqlTime.read(clock);
            List<String> replayed = handle.createQuery("""
                UPDATE billing.alert_delivery SET status = 'pending', attempts = 0, next_attempt = :now
                WHERE status = 'dead' AND (:id::text IS NULL OR alert = :id) RETURNING alert || '/' || channel
                """)
                    .bind("now", SqlTime.of(now))
                    .bind("id", id.orElse(null))
                    .mapTo(String.class)
                    .list();
            if (replayed.isEmpty() && id.isPresent()) {
                throw new BillingException(
                        BillingError.CONFLICT, "The alert '%s' has no delivery that was given up".formatted(id.get()));
            }
            if (!replayed.isEmpty()) {
                List<LedgerItem> items = replayed.stream()
                        .sorted()
                        .map(name -> new LedgerItem("alert:" + name, CanonicalJson.sha256(name)))
                        .toList();
                ledger.append(
                        handle,
                        new LedgerEvent(actor, "alerts.replayed", Map.of("deliveries", replayed.size()), items));
            }
            return replayed.size();
        });
    }

    static Alert alert(ResultSet row) throws SQLException {
        return new Alert(
                row.getString("id"),
                row.getString("account"),
                row.getString("period"),
                row.getString("subject"),
                row.getInt("threshold"),
                row.getString("payload"),
                SqlTime.read(row, "raised_at"));
    }

    /**
     * An alert and how far its deliveries are.
     *
     * @param alert that was raised
     * @param deliveries JSON object by channel: status, attempts, lastError; null if there is no channel
     */
    public record AlertState(Alert alert, String deliveries) {}
}
