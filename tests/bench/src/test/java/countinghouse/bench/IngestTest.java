package countinghouse.bench;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import countinghouse.kit.http.Json;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The short form: every event that the door accepted must be in the log, however long it takes. */
class IngestTest {
    @TempDir
    private Path folder;

    @Test
    void shouldFindEveryAcceptedEventInTheLogAndMeasureBesideThePeer() throws IOException {
        Path file = folder.resolve("ingest.json");

        int status = BenchMain.run(
                "ingest",
                "--events=5000",
                "--samples=1",
                "--batch=100",
                "--viewers=9000",
                "--seconds=2",
                "--json",
                file.toString());

        assertThat(status).as("0: every event was found").isZero();
        JsonNode report = Json.mapper().readTree(file.toFile());
        assertThat(report.at("/throughputs/0/ours").asDouble()).isPositive();
        assertThat(report.at("/throughputs/0/peer").asDouble()).isPositive();
        assertThat(report.at("/recordBytes").asInt()).isBetween(100, 200);
        assertThat(report.at("/rates/0/eventsPerSecond").asInt()).isEqualTo(300);
        assertThat(report.at("/rates/1/eventsPerSecond").asInt()).isEqualTo(450);
        assertThat(report.at("/rates/0/delay/events").asLong()).as("batches").isEqualTo(6);
    }

    @Test
    void shouldRefuseWhatCannotBeMeasured() {
        assertThat(BenchMain.run("ingest", "--batch=5000")).isEqualTo(2);
        assertThat(BenchMain.run("ingest", "--rate=0")).isEqualTo(2);
        assertThat(BenchMain.run("ingest", "--connections=0")).isEqualTo(2);
    }
}
