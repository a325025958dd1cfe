package countinghouse.bench;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import countinghouse.kit.http.Json;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The short form: every merged total that is read must be right, however long it takes. */
class ServeTest {
    @TempDir
    private Path folder;

    @Test
    void shouldReadRightTotalsOfBothLayersAndMeasureBesideThePeer() throws IOException {
        Path file = folder.resolve("serve.json");

        int status = BenchMain.run("serve", "--keys=2000", "--seconds=1", "--rounds=1", "--json", file.toString());

        assertThat(status).as("0: every total was right").isZero();
        JsonNode report = Json.mapper().readTree(file.toFile());
        assertThat(report.at("/rounds/0/ours").asDouble()).isPositive();
        assertThat(report.at("/rounds/0/peer").asDouble()).isPositive();
        assertThat(report.at("/accounts").asInt()).isEqualTo(2000);
    }

    @Test
    void shouldRefuseWhatCannotBeMeasured() {
        assertThat(BenchMain.run("serve", "--keys=0")).isEqualTo(2);
        assertThat(BenchMain.run("serve", "--rounds=0")).isEqualTo(2);
    }
}
