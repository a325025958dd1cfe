package countinghouse.publication;

import java.math.BigDecimal;
import java.util.Collection;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * What the total of each account and meter may be, added up by the sender: at most what was sent when the answer came, at least what any
 * answer has shown before the question. Nothing sent has a negative value, so an account to which nothing is being sent and which was seen
 * whole has one right total only.
 */
final class ExpectedTotals {
    record Place(String meter, String account) {}

    private final Map<Place, BigDecimal> sent = new ConcurrentHashMap<>();
    private final Map<Place, BigDecimal> seen = new ConcurrentHashMap<>();

    /** Notes an event before it is sent. */
    void add(String meter, String account, BigDecimal value) {
        sent.merge(new Place(meter, account), value, BigDecimal::add);
    }

    BigDecimal sent(Place place) {
        return sent.getOrDefault(place, BigDecimal.ZERO);
    }

    BigDecimal seen(Place place) {
        return seen.getOrDefault(place, BigDecimal.ZERO);
    }

    void see(Place place, BigDecimal total) {
        seen.merge(place, total, BigDecimal::max);
    }

    /** Whether all that was ever sent to some accounts has been seen. */
    boolean isSettled(Collection<String> accounts) {
        return sent.entrySet().stream()
                .filter(entry -> accounts.contains(entry.getKey().account()))
                .allMatch(entry -> seen(entry.getKey()).compareTo(entry.getValue()) == 0);
    }

    /** Whether every event was seen. */
    boolean isSettled() {
        return sent.keySet().stream().allMatch(place -> seen(place).compareTo(sent(place)) == 0);
    }

    Map<Place, BigDecimal> all() {
        return Map.copyOf(sent);
    }
}
