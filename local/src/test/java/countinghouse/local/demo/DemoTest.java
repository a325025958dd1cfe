package countinghouse.local.demo;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import countinghouse.kit.http.Json;
import countinghouse.testing.command.CommandOutcome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DemoTest {
    @Test
    void shouldProveASimulatedDayAndLeaveNothingBehind(@TempDir Path folder) throws IOException {
        Path report = folder.resolve("report.json");
        CommandOutcome demo = CommandOutcome.countinghouse(
                "demo",
                "--events",
                "1200",
                "--seed",
                "77",
                "--state",
                folder.resolve("state").toString(),
                "--report",
                report.toString());
        assertThat(demo.status()).as(demo.errors()).isZero();
        JsonNode proven = Json.mapper().readTree(Files.readString(report));
        assertThat(proven.get("events_sent").asLong()).isEqualTo(1200);
        assertThat(proven.get("truth_mismatches").asLong()).isZero();
        assertThat(proven.get("lines_verified").asLong()).isPositive();
        try (var left = Files.list(folder.resolve("state").resolve("demos"))) {
            assertThat(left).isEmpty();
        }
    }

    @Test
    void shouldSayWhatIsWrongBeforeItStartsAnything(@TempDir Path folder) throws IOException {
        Files.createDirectories(folder);
        Files.writeString(folder.resolve("countinghouse.properties"), "");
        assertThat(run("demo", "--events", "0")).isEqualTo(2);
        assertThat(run("demo", "--report", "/no/such/folder/r.json")).isEqualTo(2);
        assertThat(run("demo", "--keep", "--state", folder.toString())).isEqualTo(2);
        assertThat(run("prove", "--state", folder.toString())).isEqualTo(2);
    }

    private static int run(String... arguments) {
        return CommandOutcome.countinghouse(arguments).status();
    }
}
