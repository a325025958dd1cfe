package countinghouse.app.evidence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import countinghouse.batch.evidence.EvidenceEvent;
import countinghouse.batch.evidence.EvidenceException;
import countinghouse.batch.evidence.EvidenceLine;
import countinghouse.batch.evidence.LineEvidence;
import countinghouse.batch.generation.Manifest;
import countinghouse.batch.generation.Versions;
import countinghouse.billing.TimeRange;
import countinghouse.billing.usage.ClosedGeneration;
import countinghouse.billing.verify.EvidenceProvider;
import countinghouse.billing.verify.EvidenceQuery;
import countinghouse.billing.verify.EvidenceSource;
import countinghouse.billing.verify.RawEvent;
import countinghouse.billing.verify.RawUsage;
import countinghouse.kit.config.Settings;
import countinghouse.kit.http.Json;
import countinghouse.metering.event.Event;
import countinghouse.metering.event.Position;
import countinghouse.metering.identity.Identity;
import countinghouse.metering.row.Fingerprint;
import countinghouse.metering.schedule.VersionPin;
import countinghouse.schemas.EventType;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What one module means and the other understands; that the archive answers truly is shown end to end. */
class ArchiveEvidenceTest {
    private static final Instant FROM = Instant.parse("2026-10-01T00:00:00Z");
    private static final Instant TO = Instant.parse("2026-11-01T00:00:00Z");

    @Test
    void shouldAskForTheSameLine() {
        EvidenceQuery query = new EvidenceQuery("ad_revenue", "creator", Optional.of("payee"), new TimeRange(FROM, TO));
        assertThat(ArchiveEvidence.line(query))
                .isEqualTo(new EvidenceLine(
                        "ad_revenue", "creator", Optional.of("payee"), FROM.toEpochMilli(), TO.toEpochMilli()));
    }

    @Test
    void shouldPassOnTheUsageAsItIs() {
        Fingerprint fingerprint = new Fingerprint(1, 2);
        assertThat(ArchiveEvidence.usage(new LineEvidence(3, BigDecimal.TEN, fingerprint, "00ff")))
                .isEqualTo(new RawUsage(3, BigDecimal.TEN, fingerprint, "00ff"));
    }

    @Test
    void shouldGiveAnEventWithItsPositionAndBothItsTimes() {
        Event event = new Event(
                EventType.TICKET, "ticket.paid", "id", "source", "organiser", FROM.toEpochMilli(), name -> null);
        EvidenceEvent found = new EvidenceEvent(
                new Position("events.ticket", 3, 42), TO.toEpochMilli(), new Identity(1, 2), event, BigDecimal.ONE);
        assertThat(ArchiveEvidence.event(found))
                .isEqualTo(new RawEvent("events.ticket", 3, 42, TO, FROM, "id", "source", "organiser", BigDecimal.ONE));
    }

    @Test
    void shouldRefuseToVerifyWhatWasCountedWithAnotherVersionOfTheMeters(@TempDir Path warehouse) throws IOException {
        try (EmbeddedPostgres postgres = EmbeddedPostgres.start()) {
            Settings settings = Settings.of(Map.of(
                    "iceberg.catalog.url", postgres.getJdbcUrl("postgres", "postgres"),
                    "iceberg.catalog.user", "postgres",
                    "iceberg.catalog.password", "postgres",
                    "iceberg.warehouse", warehouse.toUri().toString(),
                    "kafka.bootstrap-servers", "127.0.0.1:1"));
            try (EvidenceSource evidence = EvidenceProvider.find(settings).orElseThrow()) {
                EvidenceQuery query =
                        new EvidenceQuery("tickets_sold", "organiser", Optional.empty(), new TimeRange(FROM, TO));
                assertThatThrownBy(() -> evidence.usage(anotherVersion(), List.of(query)))
                        .isInstanceOf(EvidenceException.class)
                        .hasMessageContaining("Generation 7");
                assertThatThrownBy(() -> evidence.events(anotherVersion(), query, "", 10))
                        .isInstanceOf(EvidenceException.class)
                        .hasMessageContaining("Generation 7");
            }
        }
    }

    private static ClosedGeneration anotherVersion() {
        Manifest manifest = new Manifest(
                7,
                null,
                1,
                "run",
                TO,
                "gen-7",
                Map.of(),
                Map.of(),
                Map.of(),
                new Versions(List.of(new VersionPin(1, VersionPin.BEGINNING, "other")), List.of(), 2000, 4000, "older"),
                Map.of(),
                Map.of(),
                TO,
                "somebody");
        return new ClosedGeneration(7, TO, Json.text(manifest));
    }
}
