package countinghouse.testing.registry;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import countinghouse.kit.http.Json;
import countinghouse.schemas.EventType;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.avro.Schema;

/** As much of Confluent's registry protocol as our clients use. It begins with {@link FixedSchemas}; others get the ids after them. */
public final class TestRegistry implements AutoCloseable {
    private final List<Schema> schemas = new ArrayList<>();
    private final HttpServer server;

    private TestRegistry(HttpServer server) {
        this.server = server;
        for (EventType type : EventType.values()) {
            schemas.add(type.schema());
        }
        server.createContext("/", this::handle);
        server.start();
    }

    public static TestRegistry start() throws IOException {
        return new TestRegistry(HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0));
    }

    public String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    private void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            if (exchange.getRequestMethod().equals("POST")) {
                JsonNode body = Json.mapper().readTree(exchange.getRequestBody());
                answer(exchange, Map.of("id", idOf(body.path("schema").asText())));
                return;
            }
            String path = exchange.getRequestURI().getPath();
            int id = Integer.parseInt(path.substring(path.lastIndexOf('/') + 1));
            if (id < 1 || id > schemas.size()) {
                exchange.sendResponseHeaders(404, -1);
            } else {
                answer(exchange, Map.of("schema", schemas.get(id - 1).toString()));
            }
        }
    }

    private static void answer(HttpExchange exchange, Map<String, ?> body) throws IOException {
        byte[] bytes = Json.text(body).getBytes(UTF_8);
        exchange.sendResponseHeaders(200, bytes.length);
        exchange.getResponseBody().write(bytes);
    }

    private synchronized int idOf(String text) {
        Schema schema = new Schema.Parser().parse(text);
        if (!schemas.contains(schema)) {
            schemas.add(schema);
        }
        return schemas.indexOf(schema) + 1;
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
