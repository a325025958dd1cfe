package countinghouse.schemas.registry;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.avro.Schema;

/**
 * Client of Confluent's REST protocol, which Confluent, Apicurio, Karapace and Redpanda all speak. Schemas are immutable, so
 * every answer is kept for the life of the process.
 */
public final class HttpSchemaRegistry implements SchemaRegistry {
    private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(2);
    private static final Duration REQUEST_TIMEOUT = Duration.ofSeconds(5);
    private static final String CONTENT_TYPE = "application/vnd.schemaregistry.v1+json";
    private static final ObjectMapper JSON = new ObjectMapper();

    private final String baseUrl;
    private final Duration requestTimeout;
    private final HttpClient http =
            HttpClient.newBuilder().connectTimeout(CONNECT_TIMEOUT).build();
    private final Map<Integer, Schema> schemas = new ConcurrentHashMap<>();

    /** A client of the registry whose Confluent API starts at {@code baseUrl}, without a final slash. */
    public HttpSchemaRegistry(String baseUrl) {
        this(baseUrl, REQUEST_TIMEOUT);
    }

    /** A client that waits for an answer as long as it is told to; a registry that has just started needs longer. */
    public HttpSchemaRegistry(String baseUrl, Duration requestTimeout) {
        this.baseUrl = baseUrl;
        this.requestTimeout = requestTimeout;
    }

    @Override
    public int register(String subject, Schema schema) {
        String path = "/subjects/" + URLEncoder.encode(subject, UTF_8) + "/versions";
        JsonNode answer = send("POST", path, Map.of("schema", schema.toString()));
        int id = answer.path("id").asInt();
        schemas.put(id, schema);
        return id;
    }

    /** Sets the compatibility rule of a subject, e.g. {@code BACKWARD_TRANSITIVE}. */
    public void compatibility(String subject, String rule) {
        send("PUT", "/config/" + URLEncoder.encode(subject, UTF_8), Map.of("compatibility", rule));
    }

    /** The compatibility rule of subjects that have none of their own; {@code NONE} if the registry was never given one. */
    public String compatibility() {
        return send("GET", "/config", null).path("compatibilityLevel").asText("NONE");
    }

    /**
     * Every version of a subject, oldest first; empty if nothing was ever registered under it.
     *
     * @throws RegistryException if the registry cannot be reached
     */
    public List<Schema> versions(String subject) {
        String path = "/subjects/" + URLEncoder.encode(subject, UTF_8) + "/versions";
        List<Schema> versions = new ArrayList<>();
        for (JsonNode version : send("GET", path, null)) {
            String text = send("GET", path + "/" + version.asInt(), null)
                    .path("schema")
                    .asText();
            versions.add(new Schema.Parser().parse(text));
        }
        return versions;
    }

    @Override
    public Schema byId(int id) {
        return schemas.computeIfAbsent(id, this::fetch);
    }

    private Schema fetch(int id) {
        String text = send("GET", "/schemas/ids/" + id, null).path("schema").asText();
        return new Schema.Parser().parse(text);
    }

    private JsonNode send(String method, String path, Map<String, String> body) {
        try {
            HttpRequest.BodyPublisher publisher = body == null
                    ? HttpRequest.BodyPublishers.noBody()
                    : HttpRequest.BodyPublishers.ofString(JSON.writeValueAsString(body));
            HttpRequest request = HttpRequest.newBuilder(URI.create(baseUrl + path))
                    .timeout(requestTimeout)
                    .header("Content-Type", CONTENT_TYPE)
                    .header("Accept", CONTENT_TYPE)
                    .method(method, publisher)
                    .build();
            HttpResponse<String> response = http.send(request, HttpResponse.BodyHandlers.ofString());
            return answerOf(method, path, response);
        } catch (IOException e) {
            throw new RegistryException("Cannot reach the schema registry at %s".formatted(baseUrl), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new RegistryException("Interrupted while calling the schema registry at %s".formatted(baseUrl), e);
        }
    }

    private static JsonNode answerOf(String method, String path, HttpResponse<String> response)
            throws JsonProcessingException {
        if (response.statusCode() == 404 && path.startsWith("/schemas/ids/")) {
            throw new UndecodableException("The schema registry knows no schema %s".formatted(path));
        }
        if (response.statusCode() == 404 && method.equals("GET") && path.endsWith("/versions")) {
            return JSON.createArrayNode();
        }
        if (response.statusCode() >= 300) {
            throw new RegistryException("The schema registry answered %d to %s %s: %s"
                    .formatted(response.statusCode(), method, path, response.body()));
        }
        return JSON.readTree(response.body());
    }
}
