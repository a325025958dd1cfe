package countinghouse.kit.logging;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.sun.net.httpserver.HttpServer;
import countinghouse.kit.command.CommandRunner;
import countinghouse.kit.command.Subcommand;
import countinghouse.kit.http.SampleProcess;
import countinghouse.kit.http.SampleRole;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import picocli.CommandLine.Command;

/** What a process writes on standard error, read as those who collect logs read it. */
class JsonLogTest {
    private static final JsonMapper MAPPER = new JsonMapper();
    private static final String TRACE = "1a2b".repeat(8);
    private static final String CALLERS_SPAN = "3c4d".repeat(4);

    private final ByteArrayOutputStream written = new ByteArrayOutputStream();
    private PrintStream error;
    /** Takes no spans. */
    private HttpServer refusing;

    @BeforeEach
    void listen() throws IOException {
        refusing = HttpServer.create(new InetSocketAddress("127.0.0.1", 0), 0);
        refusing.createContext("/", exchange -> {
            exchange.sendResponseHeaders(400, -1);
            exchange.close();
        });
        refusing.start();
        error = System.err;
        System.setErr(new PrintStream(written, true, UTF_8));
    }

    @AfterEach
    void stopListening() {
        System.setErr(error);
        refusing.stop(0);
    }

    @Test
    void shouldNameTheRequestInEachLineOfItsWorkAndWriteWhatLibrariesTellJavaAsJsonToo() {
        run(
                this::awaitWordOfOpenTelemetry,
                Map.of(
                        "tracing.otlp-endpoint",
                        "http://127.0.0.1:" + refusing.getAddress().getPort()),
                "X-Correlation-ID",
                "order-4711",
                "traceparent",
                "00-%s-%s-01".formatted(TRACE, CALLERS_SPAN));

        assertThat(lines("kit.http"))
                .extracting(line -> line.path("level").asText())
                .as("one from the worker thread, one from the event loop")
                .containsExactly("WARN", "ERROR");
        assertThat(lines("kit.http")).allSatisfy(line -> {
            assertThat(line.path("correlation_id").asText()).isEqualTo("order-4711");
            assertThat(line.path("trace_id").asText()).isEqualTo(TRACE);
            assertThat(line.path("span_id").asText()).matches("[0-9a-f]{16}").isNotEqualTo(CALLERS_SPAN);
            assertThat(line.path("trace_flags").asText()).isEqualTo("01");
        });
    }

    @Test
    void shouldNameNoTraceWithoutOne() {
        run(() -> {}, Map.of(), "X-Correlation-ID", "order-4711");

        assertThat(lines("kit.http")).hasSize(2).allSatisfy(line -> {
            assertThat(line.path("correlation_id").asText()).isEqualTo("order-4711");
            assertThat(line.has("trace_id")).isFalse();
        });
        assertThat(lines("kit.process")).isNotEmpty().noneMatch(line -> line.has("correlation_id"));
    }

    /** It tells java.util.logging that its spans go nowhere. */
    private void awaitWordOfOpenTelemetry() {
        await().atMost(Duration.ofSeconds(10))
                .until(() -> !lines("io.opentelemetry").isEmpty());
    }

    private void run(Runnable beforeTheEnd, Map<String, String> settings, String... headers) {
        assertThat(new CommandRunner(new Root(), List.of(new Ask(beforeTheEnd, settings, headers))).run("ask"))
                .isZero();
    }

    /** Lines of loggers whose names have this in them; each line that was written must be JSON. */
    private List<JsonNode> lines(String logger) {
        return written.toString(UTF_8)
                .lines()
                .map(JsonLogTest::parsed)
                .filter(line -> line.path("loggerName").asText().contains(logger))
                .toList();
    }

    private static JsonNode parsed(String line) {
        try {
            return MAPPER.readTree(line);
        } catch (JsonProcessingException e) {
            throw new AssertionError("Not a line of JSON: " + line, e);
        }
    }

    @Command(name = "root")
    static final class Root {}

    /** Starts a process, asks it for what it cannot give, and stops it. */
    @Command(name = "ask")
    static final class Ask implements Subcommand {
        private final Runnable beforeTheEnd;
        private final Map<String, String> settings;
        private final String[] headers;

        Ask(Runnable beforeTheEnd, Map<String, String> settings, String... headers) {
            this.beforeTheEnd = beforeTheEnd;
            this.settings = settings;
            this.headers = headers;
        }

        @Override
        public void run() {
            try (SampleProcess process = new SampleProcess(settings)) {
                assertThat(process.get(SampleRole.BROKEN, headers).statusCode()).isEqualTo(500);
                beforeTheEnd.run();
            }
        }
    }
}
