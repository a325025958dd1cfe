package countinghouse.metering.meter;

import countinghouse.metering.row.Contribution;

/** Takes what one event contributes. */
@FunctionalInterface
public interface ContributionSink {
    /**
     * @param meter what is counted
     * @param account the party billed or paid
     * @param dimensions canonical JSON, as in {@link countinghouse.metering.row.RowKey}
     * @param cellMs start of the cell of event time
     * @param contribution a quantity, or for UNIQUE_COUNT an item
     */
    void contribute(Meter meter, String account, String dimensions, long cellMs, Contribution contribution);
}
