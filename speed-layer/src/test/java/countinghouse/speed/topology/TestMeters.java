package countinghouse.speed.topology;

import countinghouse.metering.schedule.CountingSchedule;
import java.util.Map;

/** A small catalogue with every exact aggregation; the shipped one has no MIN and no MAX. */
final class TestMeters {
    private static final String YAML = """
            version: 1
            meters:
              - {slug: readings, description: d, eventType: meter.reading, aggregation: COUNT, dimensions: []}
              - {slug: reading_sum, description: d, eventType: meter.reading, aggregation: SUM, valueProperty: amount, dimensions: []}
              - {slug: reading_min, description: d, eventType: meter.reading, aggregation: MIN, valueProperty: amount, dimensions: []}
              - {slug: reading_max, description: d, eventType: meter.reading, aggregation: MAX, valueProperty: amount, dimensions: []}
              - {slug: shows, description: d, eventType: video.view, aggregation: COUNT, dimensions: [video_id]}
              - {slug: watched, description: d, eventType: video.view, aggregation: SUM, valueProperty: view_duration, dimensions: [video_id]}
            """;

    private TestMeters() {}

    static CountingSchedule schedule() {
        return CountingSchedule.of(Map.of("meters.yaml", YAML));
    }
}
