package countinghouse.ingestion.testing;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import countinghouse.kit.http.Json;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** As much of Confluent's registry protocol as the door uses, on a free port: schemas get ids in the order of their arrival. */
public final class TestRegistry implements AutoCloseable {
    private final Map<String, Integer> ids = new ConcurrentHashMap<>();
    private final Map<Integer, String> schemas = new ConcurrentHashMap<>();
    private final HttpServer server;

    private TestRegistry(HttpServer server) {
        this.server = server;
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
            Map<String, ?> answer;
            if (exchange.getRequestMethod().equals("POST")) {
                JsonNode body = Json.mapper().readTree(exchange.getRequestBody());
                answer = Map.of("id", idOf(body.path("schema").asText()));
            } else {
                String path = exchange.getRequestURI().getPath();
                int id = Integer.parseInt(path.substring(path.lastIndexOf('/') + 1));
                answer = Map.of("schema", schemas.get(id));
            }
            byte[] bytes = Json.text(answer).getBytes(UTF_8);
            exchange.sendResponseHeaders(200, bytes.length);
            exchange.getResponseBody().write(bytes);
        }
    }

    private synchronized int idOf(String schema) {
        int id = ids.computeIfAbsent(schema, missing -> ids.size() + 1);
        schemas.put(id, schema);
        return id;
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
