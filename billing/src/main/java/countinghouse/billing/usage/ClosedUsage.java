package countinghouse.billing.usage;

import java.util.List;
import java.util.Optional;

/** Usage from closed generations of counts; the only usage that money comes from. It fails rather than guess. */
public interface ClosedUsage {
    /** The generation that is served now; empty if nothing was ever published. */
    Optional<ClosedGeneration> current();

    /**
     * A generation by number.
     *
     * @throws countinghouse.billing.BillingException if there is none
     */
    ClosedGeneration generation(long number);

    /** Usage in a generation, per account and meter that has any, ordered by account and meter. */
    List<UsageQuantity> usage(long generation, UsageScope scope);

    /** Usage as {@link #usage}, of accounts after a name, at most so many pairs; the way to page through it. */
    List<UsageQuantity> page(long generation, UsageScope scope, String afterAccount, String afterMeter, int limit);
}
