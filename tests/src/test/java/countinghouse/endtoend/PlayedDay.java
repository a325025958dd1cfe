package countinghouse.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import countinghouse.kit.http.Json;
import countinghouse.testing.tracing.SpanReceiver;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.Map;
import java.util.stream.Stream;

/** One demo, kept: its day is played once for all tests that look at it. */
final class PlayedDay implements AutoCloseable {
    private final Path folder;
    private final SpanReceiver receiver;
    private final Countinghouse countinghouse;
    private final Countinghouse.Ended demo;
    private final JsonNode report;

    private PlayedDay(Path folder) throws IOException {
        this.folder = folder;
        receiver = SpanReceiver.start();
        countinghouse = new Countinghouse(
                folder.resolve("state"),
                Map.of("COUNTINGHOUSE_TRACING_OTLP_ENDPOINT", receiver.url().toString()));
        Path file = folder.resolve("report.json");
        demo = countinghouse.run(
                "demo", "--events", "3000", "--seed", "20261121", "--keep", "--report", file.toString());
        if (demo.status() != 0) {
            // A demo that proves nothing is kept as well.
            close();
            throw new AssertionError(demo.toString());
        }
        report = Json.mapper().readTree(Files.readString(file));
    }

    static PlayedDay play() {
        try {
            return new PlayedDay(Files.createTempDirectory("played-day"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** For what a test writes, until the last test has ended. */
    Path folder() {
        return folder;
    }

    Countinghouse countinghouse() {
        return countinghouse;
    }

    Countinghouse.Ended demo() {
        return demo;
    }

    JsonNode report() {
        return report;
    }

    /** Gets what the day's processes tell of their spans. */
    SpanReceiver receiver() {
        return receiver;
    }

    URI api() {
        return URI.create(
                countinghouse.run("status", "--json").json().get("api").asText());
    }

    @Override
    public void close() throws IOException {
        assertThat(countinghouse.run("down").status()).isZero();
        receiver.close();
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }
}
