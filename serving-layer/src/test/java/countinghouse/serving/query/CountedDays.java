package countinghouse.serving.query;

import countinghouse.metering.row.RowKey;
import countinghouse.serving.layers.Layers;
import countinghouse.serving.layers.LayersExtension;
import countinghouse.serving.layers.RunningApi;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;

/** The API over a published day of one account and what two accounts did on the day after. */
@ExtendWith(LayersExtension.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class CountedDays {
    static final Instant CLOSED = Instant.parse("2026-10-06T00:00:00Z");

    Layers layers;
    RunningApi api;

    @BeforeAll
    void lookAt(Layers started, RunningApi running) {
        layers = started;
        api = running;
    }

    @BeforeEach
    void fill() {
        RowKey batch = row("watch_seconds", "ann", "v1", "2026-10-05T10:00:00Z", "2026-10-05T10:00:00Z");
        layers.speed(batch, 1, "12.000000001");
        layers.publish(1, CLOSED, List.of(batch), "12.000000001");
        layers.speed(row("watch_seconds", "ann", "v1", "2026-10-06T01:00:00Z", "2026-10-06T01:00:00Z"), 2, "0.5");
        layers.speed(
                row("watch_seconds", "bob, the \"2nd\"", "v2", "2026-10-06T02:15:00Z", "2026-10-06T02:00:00Z"), 1, "3");
        layers.speed(row("views", "ann", "v1", "2026-10-06T01:00:00Z", "2026-10-06T01:00:00Z"), 2, "2");
        layers.speed(row("billable_views", "ann", "v1", "2026-10-06T01:00:00Z", "2026-10-06T01:00:00Z"), 1, "1");
    }

    static RowKey row(String meter, String account, String video, String cell, String bucket) {
        return new RowKey(
                meter,
                account,
                "{\"video_id\":\"%s\"}".formatted(video),
                Instant.parse(cell).toEpochMilli(),
                Instant.parse(bucket).toEpochMilli(),
                "events.view-3");
    }
}
