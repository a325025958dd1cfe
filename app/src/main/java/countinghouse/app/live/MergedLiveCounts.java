package countinghouse.app.live;

import countinghouse.billing.BillingError;
import countinghouse.billing.BillingException;
import countinghouse.billing.TimeRange;
import countinghouse.billing.forecast.LiveCounts;
import countinghouse.metering.meter.Meter;
import countinghouse.metering.meter.MeterCatalog;
import countinghouse.serving.batchview.BatchUnavailableException;
import countinghouse.serving.merge.CountAnswer;
import countinghouse.serving.merge.CountQuery;
import countinghouse.serving.merge.MergedCounts;
import countinghouse.serving.scope.Accounts;
import countinghouse.serving.speedview.SpeedUnavailableException;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;

/** What billing asks of live counts, answered by the serving layer's merge of both layers. */
final class MergedLiveCounts implements LiveCounts {
    private final MergedCounts counts;

    MergedLiveCounts(MergedCounts counts) {
        this.counts = counts;
    }

    @Override
    public Reading read(String meter, String account, TimeRange range) {
        Meter known = meters().meter(meter)
                .orElseThrow(() -> new IllegalArgumentException("There is no meter '%s'".formatted(meter)));
        CountAnswer answer = read(CountQuery.total(known)
                .of(Accounts.only(Set.of(account)))
                .within(new countinghouse.serving.scope.TimeRange(
                        range.from().toEpochMilli(), range.to().toEpochMilli())));
        return new Reading(
                answer.total().n(),
                answer.total().value(known.aggregation()),
                Instant.ofEpochMilli(answer.freshness().asOfMs()),
                Optional.ofNullable(answer.freshness().missing()));
    }

    private CountAnswer read(CountQuery query) {
        try {
            return counts.read(query);
        } catch (BatchUnavailableException | SpeedUnavailableException e) {
            throw new BillingException(BillingError.UNAVAILABLE, "Live counts cannot be read now: " + e.getMessage());
        }
    }

    private MeterCatalog meters() {
        return counts.meters();
    }

    @Override
    public void close() {
        counts.close();
    }
}
