package countinghouse.ingestion.truth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import countinghouse.ingestion.source.SimulatedDay;
import countinghouse.ingestion.source.Simulation;
import countinghouse.ingestion.source.Sources;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TruthTest {
    private static final SimulatedDay DAY =
            new SimulatedDay(Instant.parse("2026-11-20T08:00:00Z"), Instant.parse("2026-11-21T08:00:00Z"));

    @TempDir
    private Path folder;

    @Test
    void shouldAddUp() {
        TruthTotals totals = truth(30_000).totals();

        assertThat(totals.sent()).isEqualTo(30_000).isEqualTo(totals.accepted() + totals.quarantined());
        assertThat(totals.accepted() + totals.adsExploded())
                .isEqualTo(totals.counted() + totals.unmetered() + totals.duplicates());
        assertThat(totals.duplicates()).isPositive();
        assertThat(totals.quarantined()).isPositive();
        assertThat(totals.adsExploded()).isPositive();
        assertThat(totals.unmetered()).isPositive();
        assertThat(totals.late()).isPositive();
    }

    @Test
    void shouldSurviveAFile() throws IOException {
        Truth truth = truth(3_000);
        Path file = folder.resolve("truth.jsonl");

        TruthFile.write(truth, file);
        TruthFile read = TruthFile.read(file);

        assertThat(read.totals()).isEqualTo(truth.totals());
        assertThat(read.rows())
                .usingRecursiveFieldByFieldElementComparator()
                .usingComparatorForType(BigDecimal::compareTo, BigDecimal.class)
                .hasSameSizeAs(truth.rows());
        assertThat(read.rows().stream().mapToLong(TruthRow::n).sum())
                .isEqualTo(truth.rows().stream().mapToLong(TruthRow::n).sum());
    }

    @Test
    void shouldNameTheLineThatIsNoTruth() throws IOException {
        Path file = folder.resolve("broken.jsonl");
        Files.writeString(file, "{\"kind\":\"totals\"}\nnonsense\n");

        assertThatThrownBy(() -> TruthFile.read(file)).hasMessageStartingWith("Line 2 of");
        Files.writeString(file, "");
        assertThatThrownBy(() -> TruthFile.read(file)).hasMessageContaining("has no totals");
    }

    @Test
    void shouldUseNothingOfThePlatformsCounting() throws IOException {
        for (String packageName : List.of("source", "truth")) {
            try (Stream<Path> files = Files.walk(Path.of("src/main/java/countinghouse/ingestion", packageName))) {
                for (Path file : files.filter(Files::isRegularFile).toList()) {
                    assertThat(Files.readString(file)).as(file.toString()).doesNotContain("countinghouse.metering");
                }
            }
        }
    }

    private static Truth truth(int events) {
        Truth truth = new Truth();
        Simulation simulation = Sources.simulation(11, events, DAY);
        simulation.forEachRemaining(truth::record);
        return truth;
    }
}
