package countinghouse.billing.usage;

import countinghouse.billing.TimeRange;
import java.util.Optional;
import java.util.Set;

/**
 * Which usage is asked for.
 *
 * @param meters one or more; if {@code accountDimension} is given, meters with that dimension
 * @param accounts whose usage; empty for everybody's
 * @param accountDimension the dimension that names the account, if it is not the event's own account
 * @param range of event time
 */
public record UsageScope(
        Set<String> meters, Optional<Set<String>> accounts, Optional<String> accountDimension, TimeRange range) {}
