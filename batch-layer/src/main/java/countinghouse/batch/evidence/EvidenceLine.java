package countinghouse.batch.evidence;

import java.util.Optional;

/**
 * What evidence is asked for: a meter of an account over a range of event time.
 *
 * @param meter slug
 * @param account the party
 * @param accountDimension dimension of the meter that must have the account's name; empty if the event's own account must
 * @param fromMs first instant of event time, aligned to a cell
 * @param toMs exclusive, aligned to a cell
 */
public record EvidenceLine(String meter, String account, Optional<String> accountDimension, long fromMs, long toMs) {
    boolean covers(long occurredAtMs) {
        return occurredAtMs >= fromMs && occurredAtMs < toMs;
    }
}
