package countinghouse.serving.merge;

import countinghouse.metering.meter.Aggregation;
import countinghouse.metering.meter.Meter;
import countinghouse.metering.meter.MeterCatalog;
import countinghouse.metering.row.RowKey;
import countinghouse.metering.schedule.CountingSchedule;
import countinghouse.serving.layers.Layers;
import countinghouse.serving.layers.LayersExtension;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.extension.ExtendWith;

/** Counts merged from both layers, which the test fills with views. */
@ExtendWith(LayersExtension.class)
abstract class MergedViews {
    static final Meter VIEWS = MeterCatalog.standard().meter("views").orElseThrow();
    static final Instant NOON = Instant.parse("2026-10-05T12:00:00Z");

    final Layers layers;
    MergedCounts counts;

    MergedViews(Layers layers) {
        this.layers = layers;
    }

    @BeforeEach
    void open() {
        counts = new MergedCounts(layers.settings(), CountingSchedule.standard());
    }

    @AfterEach
    void close() {
        counts.close();
    }

    static BigDecimal value(CountAnswer answer) {
        return answer.total().value(Aggregation.COUNT);
    }

    /** A row of one view; cells are counted from noon, buckets are a second wide. */
    static RowKey row(String account, String video, int cell, int bucket) {
        return new RowKey(
                "views",
                account,
                "{\"video_id\":\"%s\"}".formatted(video),
                NOON.plus(Duration.ofMinutes(15L * cell)).toEpochMilli(),
                NOON.plusSeconds(bucket).toEpochMilli(),
                "events.view-3");
    }
}
