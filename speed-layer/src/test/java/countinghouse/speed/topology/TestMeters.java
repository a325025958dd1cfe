package countinghouse.speed.topology;

import static java.nio.charset.StandardCharsets.UTF_8;

import countinghouse.metering.meter.MeterEvaluator;
import countinghouse.metering.meter.MeterYaml;
import countinghouse.metering.rules.ViewRules;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;

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

    static MeterEvaluator evaluator() {
        try {
            return new MeterEvaluator(
                    MeterYaml.read(new ByteArrayInputStream(YAML.getBytes(UTF_8))), ViewRules.standard());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
