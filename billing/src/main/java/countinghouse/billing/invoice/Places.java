package countinghouse.billing.invoice;

import countinghouse.billing.BillingError;
import countinghouse.billing.BillingException;
import countinghouse.billing.SqlTime;
import countinghouse.billing.TimeRange;
import countinghouse.billing.plan.DocumentKind;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/** Which documents of a period some accounts have already; read while the accounts are locked. */
final class Places {
    private final Map<String, List<Place>> byAccount;
    private final String period;

    private Places(Map<String, List<Place>> byAccount, String period) {
        this.byAccount = byAccount;
        this.period = period;
    }

    static Places read(Handle handle, DocumentKind kind, String period, Collection<String> accounts) {
        Map<String, List<Place>> byAccount = new HashMap<>();
        handle.createQuery("""
                        SELECT account, period, period_from, period_to, sequence, status
                        FROM billing.document WHERE account = ANY(:accounts) AND kind = :kind
                        """)
                .bindArray("accounts", String.class, accounts.toArray())
                .bind("kind", kind.label())
                .map((row, context) -> new Place(
                        row.getString("account"),
                        row.getString("period"),
                        new TimeRange(SqlTime.read(row, "period_from"), SqlTime.read(row, "period_to")),
                        row.getInt("sequence"),
                        DocumentStatus.of(row.getString("status")) == DocumentStatus.VOID))
                .forEach(place -> byAccount
                        .computeIfAbsent(place.account(), absent -> new ArrayList<>())
                        .add(place));
        return new Places(byAccount, period);
    }

    /** Whether a document of the period stands: of the same name, or of the same range under another name. */
    boolean isTaken(String account, Optional<TimeRange> range) {
        return of(account).stream()
                .anyMatch(place -> !place.isVoid()
                        && (place.period().equals(period)
                                || range.filter(place.range()::equals).isPresent()));
    }

    /**
     * Usage is charged once: periods that overlap must not both be billed.
     *
     * @throws BillingException if a document of another period, which stands, covers a part of the range
     */
    void requireNoOverlap(String account, TimeRange range) {
        of(account).stream()
                .filter(place -> !place.isVoid() && !place.period().equals(period))
                .filter(place -> place.range().overlaps(range))
                .findFirst()
                .ifPresent(place -> {
                    throw new BillingException(
                            BillingError.CONFLICT,
                            "The period %s overlaps %s, which '%s' is billed for already; void those documents, or choose a period beside it"
                                    .formatted(period, place.period(), account));
                });
    }

    /** How many void documents had the place before. */
    long voided(String account, TimeRange range, int sequence) {
        return of(account).stream()
                .filter(place -> place.isVoid()
                        && place.sequence() == sequence
                        && place.range().equals(range))
                .count();
    }

    private List<Place> of(String account) {
        return byAccount.getOrDefault(account, List.of());
    }

    private record Place(String account, String period, TimeRange range, int sequence, boolean isVoid) {}
}
