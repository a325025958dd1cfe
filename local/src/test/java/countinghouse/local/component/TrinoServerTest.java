package countinghouse.local.component;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import countinghouse.local.distribution.Distribution;
import countinghouse.local.state.Ports;
import countinghouse.local.state.StateDirectory;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How far a Trino has started, by what it answers; {@code WholePathTest} starts the real one, which passes these states too fast to be seen. */
class TrinoServerTest {
    private static final String NO_WORKER = """
            {"id": "q", "infoUri": "http://127.0.0.1/q", "stats": {"state": "FAILED"},
             "error": {"message": "No nodes available to run query", "errorCode": 65541,
                       "errorName": "NO_NODES_AVAILABLE", "errorType": "INTERNAL_ERROR"}}""";
    private static final String ONE_ROW = """
            {"id": "q", "infoUri": "http://127.0.0.1/q", "stats": {"state": "FINISHED"}, "data": [[1]],
             "columns": [{"name": "_col0", "type": "integer",
                          "typeSignature": {"rawType": "integer", "arguments": []}}]}""";

    @TempDir
    private Path folder;

    private volatile String info = "{\"starting\":false}";
    private volatile String answer = ONE_ROW;
    private TrinoServer trino;
    private HttpServer answering;

    @BeforeEach
    void start() throws IOException {
        trino = new TrinoServer(
                Workplace.at(StateDirectory.at(folder), Distribution.ofProcess()),
                new TrinoSources("jdbc:postgresql://nowhere/none", "analyst", "secret", "hdfs://nowhere/"));
        answering = HttpServer.create(new InetSocketAddress(Ports.HOST, trino.port()), 0);
        answering.createContext("/v1/info", exchange -> send(exchange, info));
        answering.createContext("/v1/statement", exchange -> send(exchange, answer));
        answering.start();
    }

    @AfterEach
    void stop() {
        answering.stop(0);
    }

    @Test
    void shouldBeReadyWhenAQueryIsAnswered() {
        assertThat(trino.isReady()).isTrue();
    }

    @Test
    void shouldNotBeReadyWhileItsSchedulerKnowsNoWorker() {
        answer = NO_WORKER;

        assertThat(trino.isReady()).isFalse();
    }

    @Test
    void shouldNotBeReadyWhileItSaysThatItStarts() {
        info = "{\"starting\":true}";

        assertThat(trino.isReady()).isFalse();
    }

    private static void send(HttpExchange exchange, String body) throws IOException {
        byte[] bytes = body.getBytes(UTF_8);
        exchange.getResponseHeaders().set("Content-Type", "application/json");
        exchange.sendResponseHeaders(200, bytes.length);
        exchange.getResponseBody().write(bytes);
        exchange.close();
    }
}
