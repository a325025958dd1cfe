package countinghouse.speed.projector;

import countinghouse.metering.meter.MeterCatalog;
import countinghouse.metering.schedule.CountingSchedule;
import java.util.Map;

/** A deployment that counts one meter more than this build ships. */
final class AddedMeter {
    static final String SLUG = "plays";

    private AddedMeter() {}

    static MeterCatalog meters() {
        return CountingSchedule.of(Map.of(
                        "counting.yaml", """
                                versions:
                                  - {version: 1, effectiveFrom: beginning, meters: meters.yaml, rules: rules/view-rules-v1.yaml, userAgents: lists/user-agents-v1.yaml}
                                  - {version: 2, effectiveFrom: '2026-10-05T12:00:00Z', meters: plays.yaml}
                                """,
                        "plays.yaml", """
                                version: 2
                                meters: [{slug: plays, eventType: video.view, aggregation: COUNT, dimensions: [video_id]}]
                                """))
                .meters();
    }
}
