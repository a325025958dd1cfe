package countinghouse.billing.verify;

import countinghouse.billing.TimeRange;
import java.util.Optional;

/**
 * The raw events of one line.
 *
 * @param meter that counted them
 * @param account whose they are
 * @param accountDimension the dimension that must have the account's name; empty if the event's own account must
 * @param range of event time
 */
public record EvidenceQuery(String meter, String account, Optional<String> accountDimension, TimeRange range) {}
