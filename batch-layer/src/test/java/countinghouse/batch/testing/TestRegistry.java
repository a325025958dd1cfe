package countinghouse.batch.testing;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import countinghouse.kit.http.Json;
import countinghouse.schemas.registry.UndecodableException;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.Map;

/** Serves {@link FixedSchemas} by the part of Confluent's protocol that readers use. */
public final class TestRegistry implements AutoCloseable {
    private static final String PATH = "/schemas/ids/";

    private final FixedSchemas schemas = new FixedSchemas();
    private final HttpServer server;

    private TestRegistry(HttpServer server) {
        this.server = server;
    }

    public static TestRegistry start() throws IOException {
        TestRegistry registry = new TestRegistry(HttpServer.create(new InetSocketAddress("127.0.0.1", 0), 0));
        registry.server.createContext(PATH, registry::answer);
        registry.server.start();
        return registry;
    }

    public String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    private void answer(HttpExchange exchange) throws IOException {
        int id = Integer.parseInt(exchange.getRequestURI().getPath().substring(PATH.length()));
        try {
            byte[] body =
                    Json.text(Map.of("schema", schemas.byId(id).toString())).getBytes(UTF_8);
            exchange.sendResponseHeaders(200, body.length);
            exchange.getResponseBody().write(body);
        } catch (UndecodableException e) {
            exchange.sendResponseHeaders(404, -1);
        }
        exchange.close();
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
