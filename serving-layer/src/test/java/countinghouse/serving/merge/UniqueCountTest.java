package countinghouse.serving.merge;

import static org.assertj.core.api.Assertions.assertThat;

import countinghouse.metering.meter.Aggregation;
import countinghouse.metering.meter.Meter;
import countinghouse.metering.meter.MeterCatalog;
import countinghouse.metering.row.Fingerprint;
import countinghouse.metering.row.RowKey;
import countinghouse.metering.row.RowTotal;
import countinghouse.metering.row.RowValue;
import countinghouse.metering.row.UniqueItem;
import countinghouse.metering.row.Uniques;
import countinghouse.metering.schedule.CountingSchedule;
import countinghouse.serving.layers.Layers;
import countinghouse.serving.layers.LayersExtension;
import countinghouse.serving.window.WindowSize;
import countinghouse.serving.window.Windows;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(LayersExtension.class)
class UniqueCountTest {
    private static final Meter VIEWERS =
            MeterCatalog.standard().meter("unique_viewers").orElseThrow();
    private static final Instant MONDAY = Instant.parse("2026-10-05T00:00:00Z");
    private static final Instant TUESDAY = Instant.parse("2026-10-06T00:00:00Z");

    private final Layers layers;

    UniqueCountTest(Layers layers) {
        this.layers = layers;
    }

    @Test
    void shouldCountAViewerOnceWhomBothLayersSaw() {
        publish(row(MONDAY, MONDAY), viewers(0, 3_000));
        layers.speed(row(MONDAY, TUESDAY), viewers(2_000, 5_000));

        try (MergedCounts counts = new MergedCounts(layers.settings(), CountingSchedule.standard())) {
            CountAnswer answer = counts.read(CountQuery.total(VIEWERS));
            assertThat(answer.total().value(Aggregation.UNIQUE_COUNT))
                    .isEqualByComparingTo(viewers(0, 5_000).value());
            assertThat(answer.total().n()).isEqualTo(3_001);
        }
    }

    @Test
    void shouldCountAViewerInEveryDayAndOnceInTheMonth() {
        publish(row(MONDAY, MONDAY), viewers(0, 10));
        layers.speed(row(TUESDAY, TUESDAY), viewers(5, 12));

        try (MergedCounts counts = new MergedCounts(layers.settings(), CountingSchedule.standard())) {
            assertThat(windows(counts, WindowSize.DAY)).containsExactly("10", "7");
            assertThat(windows(counts, WindowSize.MONTH)).containsExactly("12");
        }
    }

    private static List<String> windows(MergedCounts counts, WindowSize size) {
        return counts.read(CountQuery.total(VIEWERS).windowed(new Windows(size, ZoneOffset.UTC))).groups().stream()
                .map(group -> group.count()
                        .value(Aggregation.UNIQUE_COUNT)
                        .stripTrailingZeros()
                        .toPlainString())
                .toList();
    }

    private void publish(RowKey key, RowValue viewers) {
        layers.publish(1, TUESDAY, List.of(key), "0");
        layers.publishSketch(key, (Uniques) viewers.measure());
    }

    private static RowValue viewers(int from, int to) {
        RowTotal total = new RowTotal();
        IntStream.range(from, to)
                .forEach(viewer ->
                        total.add(Aggregation.UNIQUE_COUNT, new UniqueItem("viewer-" + viewer), Fingerprint.ZERO));
        return total.value();
    }

    private static RowKey row(Instant cell, Instant bucket) {
        return new RowKey(
                VIEWERS.slug(),
                "ann",
                "{\"video_id\":\"v1\"}",
                cell.toEpochMilli(),
                bucket.toEpochMilli(),
                "events.view-0");
    }
}
