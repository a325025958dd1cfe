package countinghouse.billing.command;

import countinghouse.billing.BillingError;
import countinghouse.billing.BillingException;
import countinghouse.billing.BillingPeriod;
import countinghouse.billing.TimeRange;
import java.time.Instant;
import picocli.CommandLine.Option;

/** Options of every step of a billing run. */
final class BillingOptions {
    @Option(
            names = "--period",
            paramLabel = "PERIOD",
            description = "A month (2026-10), or two instants (2026-10-01T00:00:00Z/2026-10-02T00:00:00Z).")
    private String period;

    @Option(names = "--from", paramLabel = "INSTANT", description = "Start of the period, with --to.")
    private Instant from;

    @Option(names = "--to", paramLabel = "INSTANT", description = "End of the period (exclusive), with --from.")
    private Instant to;

    @Option(names = "--run-id", paramLabel = "ID", description = "Name of the run; repeating it repeats nothing.")
    private String runId;

    @Option(names = "--json", description = "Print the result as JSON.")
    private boolean json;

    BillingPeriod period() {
        if (period != null && from == null && to == null) {
            return BillingPeriod.parse(period);
        }
        if (period == null && from != null && to != null) {
            return BillingPeriod.of(new TimeRange(from, to));
        }
        throw new BillingException(
                BillingError.INVALID_REQUEST, "Say which period: either --period, or both --from and --to");
    }

    String runId() {
        return runId == null ? "bill-" + period().label() : runId;
    }

    boolean json() {
        return json;
    }
}
