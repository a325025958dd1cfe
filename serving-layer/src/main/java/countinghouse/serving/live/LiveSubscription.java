package countinghouse.serving.live;

import countinghouse.metering.meter.Meter;
import countinghouse.serving.scope.Accounts;
import java.util.List;

/**
 * What a client wants to see moving.
 *
 * @param meters at least one
 * @param accounts whose counts
 */
record LiveSubscription(List<Meter> meters, Accounts accounts) {}
