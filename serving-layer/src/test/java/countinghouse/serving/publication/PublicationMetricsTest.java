package countinghouse.serving.publication;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import countinghouse.metering.meter.MeterCatalog;
import countinghouse.serving.layers.Layers;
import countinghouse.serving.layers.LayersExtension;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(LayersExtension.class)
class PublicationMetricsTest {
    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    private Layers layers;
    private PublicationMetrics metrics;

    @BeforeEach
    void start(Layers given) {
        layers = given;
        layers.jdbi().useHandle(handle -> handle.execute("TRUNCATE published.proof, published.batch_day_total"));
        metrics = PublicationMetrics.start(
                layers::jdbi, MeterCatalog.standard(), registry, true, Clock.systemUTC(), Duration.ofMillis(50));
    }

    @AfterEach
    void stop() {
        metrics.close();
    }

    @Test
    void shouldHaveNoFiguresBeforeTheFirstPublish() {
        assertThat(value("countinghouse.generation.number")).isNaN();
        assertThat(value("countinghouse.reconcile.mismatches")).isNaN();
        assertThat(value("countinghouse.proof.faults")).isNaN();
    }

    @Test
    void shouldTellWhatIsServedAndHowOldItIs() {
        layers.publish(7, Instant.now().minusSeconds(3600), List.of(), "0");
        await().atMost(Duration.ofSeconds(10)).untilAsserted(() -> {
            assertThat(value("countinghouse.generation.number")).isEqualTo(7);
            assertThat(value("countinghouse.generation.closed.age.seconds")).isBetween(3600.0, 3660.0);
            assertThat(value("countinghouse.generation.age.seconds")).isBetween(0.0, 60.0);
        });
    }

    @Test
    void shouldTellOfAGateThatFailedThoughItPublishedNothing() {
        execute("""
                INSERT INTO published.run (run_id, state) VALUES
                    ('good', '{"gate raw": {"failures": []}, "gate counts": {"failures": []}}'),
                    ('bad', '{"gate raw": {"failures": ["a", "b"], "warnings": ["c"]}}')
                """);
        await().atMost(Duration.ofSeconds(10)).untilAsserted(() -> {
            assertThat(registry.get("countinghouse.gate.failures")
                            .tag("gate", "raw")
                            .gauge()
                            .value())
                    .isEqualTo(2);
            assertThat(registry.get("countinghouse.gate.warnings")
                            .tag("gate", "raw")
                            .gauge()
                            .value())
                    .isEqualTo(1);
            assertThat(registry.get("countinghouse.gate.failures")
                            .tag("gate", "counts")
                            .gauge()
                            .value())
                    .isZero();
        });
    }

    @Test
    void shouldTellHowTheLayersAndTheArchiveCompareAsOfTheLastTime() {
        execute("""
                INSERT INTO published.run (run_id) VALUES ('older'), ('newer'), ('unfinished');
                INSERT INTO published.reconciliation VALUES
                    ('older', '2026-10-01T00:00Z', 50, 50, '{}'),
                    ('newer', '2026-10-02T00:00Z', 100, 1, '{}'),
                    ('newer', '2026-10-02T01:00Z', 300, 2, '{}');
                INSERT INTO published.proof (number, topic, partition, next_offset, log_start, log_end, open, holds, faults)
                VALUES (1, 'events.view', 0, 1, 0, 1, 0, false, '[]'), (2, 'events.view', 0, 1, 0, 1, 0, true, '[]'),
                    (2, 'events.view', 1, 1, 0, 1, 0, false, '[]')
                """);
        await().atMost(Duration.ofSeconds(10)).untilAsserted(() -> {
            assertThat(value("countinghouse.reconcile.rows")).isEqualTo(400);
            assertThat(value("countinghouse.reconcile.mismatches")).isEqualTo(3);
            assertThat(value("countinghouse.proof.faults")).isEqualTo(1);
            assertThat(value("countinghouse.proof.age.seconds")).isBetween(0.0, 60.0);
        });
    }

    @Test
    void shouldTellWhatWasTakenOnTheLastWholeDayAndTheDayBefore() {
        layers.publish(1, Instant.parse("2026-10-12T02:00:00Z"), List.of(), "0");
        execute("""
                INSERT INTO published.run (run_number, run_id) VALUES (900001, 'days');
                INSERT INTO published.generation_day VALUES (1, '2026-10-11', 900001), (1, '2026-10-10', 900001);
                INSERT INTO published.batch_day_total VALUES
                    (900001, '2026-10-11', 'ticket_revenue', '', '', 3, 80, now(), now()),
                    (900001, '2026-10-10', 'ticket_revenue', '', '', 3, 120.5, now(), now()),
                    (900001, '2026-10-11', 'ticket_revenue', 'theatre', '', 3, 80, now(), now())
                """);
        await().atMost(Duration.ofSeconds(10)).untilAsserted(() -> {
            assertThat(ofDay("ticket_revenue", "last")).isEqualTo(80);
            assertThat(ofDay("ticket_revenue", "before")).isEqualTo(120.5);
            assertThat(ofDay("ad_revenue", "last")).isNaN();
        });
    }

    private double ofDay(String meter, String day) {
        return registry.get("countinghouse.published.day.value")
                .tag("meter", meter)
                .tag("day", day)
                .gauge()
                .value();
    }

    private double value(String name) {
        return registry.get(name).gauge().value();
    }

    private void execute(String script) {
        layers.jdbi().useHandle(handle -> handle.createScript(script).execute());
    }
}
