package countinghouse.batch.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import countinghouse.metering.row.Fingerprint;
import countinghouse.metering.row.RowKey;
import countinghouse.metering.row.RowValue;
import countinghouse.metering.schedule.CountingSchedule;
import java.math.BigDecimal;
import java.util.Map;
import org.junit.jupiter.api.Test;

class RowComparisonTest {
    private final RowComparison comparison =
            new RowComparison(CountingSchedule.standard().meters());

    @Test
    void shouldExplainWhatOnlyTheLongerHorizonFinds() {
        comparison.batch(key("a"), value(1, 5));
        comparison.lateDuplicates(key("a"), value(1, 7));
        comparison.lateDuplicates(key("b"), value(1, 9));

        comparison.speed(key("a"), value(2, 12));
        comparison.speed(key("b"), value(1, 9));

        assertThat(comparison.complete().buckets().get(0L))
                .isEqualTo(new BucketComparison(2, Map.of(), Map.of(RowComparison.LATE_DUPLICATES, 2L)));
    }

    @Test
    void shouldExplainWhatHistoryRulesRemoveAndAdd() {
        comparison.batch(key("a"), value(1, 5));
        comparison.removedByHistory(key("a"), value(1, 7));
        comparison.batch(key("b"), value(3, 20));
        comparison.addedByHistory(key("b"), value(1, 7));
        comparison.batch(key("c"), value(1, 7));
        comparison.addedByHistory(key("c"), value(1, 7));
        comparison.removedByHistory(key("d"), value(1, 8));

        comparison.speed(key("a"), value(2, 12));
        comparison.speed(key("b"), value(2, 13));
        comparison.speed(key("d"), value(1, 8));

        assertThat(comparison.complete().buckets().get(0L))
                .isEqualTo(new BucketComparison(4, Map.of(), Map.of(RowComparison.HISTORY_RULES, 4L)));
    }

    @Test
    void shouldNotExplainAnythingElse() {
        comparison.batch(key("a"), value(1, 5));
        comparison.lateDuplicates(key("a"), value(1, 7));
        comparison.batch(key("b"), value(1, 6));

        comparison.speed(key("a"), value(1, 5));
        comparison.speed(key("b"), value(1, 8));

        assertThat(comparison.complete().buckets().get(0L))
                .isEqualTo(new BucketComparison(
                        2, Map.of(RowComparison.VALUE_DIFFERS, 1L, RowComparison.FINGERPRINT_DIFFERS, 1L), Map.of()));
    }

    private static RowKey key(String account) {
        return new RowKey("views", account, "{}", 0, 0, "events.view-0");
    }

    private static RowValue value(long n, long fingerprint) {
        return new RowValue(n, BigDecimal.valueOf(n), new Fingerprint(0, fingerprint));
    }
}
