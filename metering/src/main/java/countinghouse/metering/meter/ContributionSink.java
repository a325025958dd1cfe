package countinghouse.metering.meter;

import java.math.BigDecimal;

/** Takes what one event contributes. */
@FunctionalInterface
public interface ContributionSink {
    /**
     * @param meter what is counted
     * @param account the party billed or paid
     * @param dimensions canonical JSON, as in {@link countinghouse.metering.row.RowKey}
     * @param cellMs start of the cell of event time
     * @param value the contribution, at scale 9
     */
    void contribute(Meter meter, String account, String dimensions, long cellMs, BigDecimal value);
}
