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
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.apache.avro.Schema;

/** As much of Confluent's registry protocol as our clients use. It begins with {@link FixedSchemas}; others get the ids after them. */
public final class TestRegistry implements AutoCloseable {
    private static final Pattern VERSIONS = Pattern.compile("/subjects/([^/]+)/versions(?:/(\\d+))?");

    private final List<Schema> schemas = new ArrayList<>();
    /** Ids by subject, in the order of their registration. */
    private final Map<String, List<Integer>> versions = new HashMap<>();

    private final HttpServer server;

    private TestRegistry(HttpServer server) {
        this.server = server;
        for (EventType type : EventType.values()) {
            schemas.add(type.schema());
            versions.put(type.subject(), new ArrayList<>(List.of(schemas.size())));
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
                String subject = subject(exchange).map(match -> match.group(1)).orElse("");
                answer(
                        exchange,
                        Map.of("id", register(subject, body.path("schema").asText())));
                return;
            }
            Optional<MatchResult> subject = subject(exchange);
            if (subject.isPresent()) {
                answer(exchange, versions(subject.get()));
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

    private static void answer(HttpExchange exchange, Object body) throws IOException {
        byte[] bytes = Json.text(body).getBytes(UTF_8);
        exchange.sendResponseHeaders(200, bytes.length);
        exchange.getResponseBody().write(bytes);
    }

    private static Optional<MatchResult> subject(HttpExchange exchange) {
        Matcher matcher = VERSIONS.matcher(exchange.getRequestURI().getPath());
        return matcher.matches() ? Optional.of(matcher.toMatchResult()) : Optional.empty();
    }

    /** The numbers of a subject's versions, or the schema of one. */
    private synchronized Object versions(MatchResult asked) {
        List<Integer> ids = versions.getOrDefault(asked.group(1), List.of());
        if (asked.group(2) != null) {
            int id = ids.get(Integer.parseInt(asked.group(2)) - 1);
            return Map.of("id", id, "schema", schemas.get(id - 1).toString());
        }
        return IntStream.rangeClosed(1, ids.size()).boxed().toList();
    }

    private synchronized int register(String subject, String text) {
        Schema schema = new Schema.Parser().parse(text);
        if (!schemas.contains(schema)) {
            schemas.add(schema);
        }
        int id = schemas.indexOf(schema) + 1;
        List<Integer> ids = versions.computeIfAbsent(subject, ignored -> new ArrayList<>());
        if (!ids.contains(id)) {
            ids.add(id);
        }
        return id;
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
