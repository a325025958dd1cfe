package countinghouse.ingestion.testing;

import countinghouse.ingestion.collector.IngestRole;
import countinghouse.kit.access.AccessRole;
import countinghouse.kit.access.Principal;
import countinghouse.kit.access.TokenConfig;
import countinghouse.kit.access.Tokens;
import countinghouse.kit.config.Settings;
import countinghouse.kit.process.ServiceProcess;
import countinghouse.testing.broker.TestBroker;
import io.vertx.core.Vertx;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** A real process with the role {@code ingest} on a free port, and a caller of it. */
public final class TestDoor implements AutoCloseable {
    private static final HttpClient HTTP = HttpClient.newHttpClient();

    private final ServiceProcess process;
    private final Settings settings;

    private TestDoor(Settings settings) {
        this.settings = settings;
        this.process = ServiceProcess.start(settings, List.of(new IngestRole()));
    }

    public static TestDoor start(String bootstrapServers, String registryUrl) {
        return start(bootstrapServers, registryUrl, Map.of());
    }

    /** Starts with some more settings. */
    public static TestDoor start(String bootstrapServers, String registryUrl, Map<String, String> more) {
        Map<String, String> settings = new HashMap<>(Map.of(
                "kafka.bootstrap-servers", bootstrapServers,
                "kafka.partitions", Integer.toString(TestBroker.PARTITIONS),
                "registry.url", registryUrl,
                "privacy.network-hash-key", "a key for pseudonyms in tests",
                "auth.jwt-secret", "a secret for tokens that only tests know",
                "ingest.delivery-timeout", "PT4S",
                "ingest.block-timeout", "PT1S",
                "http.port", "0"));
        settings.putAll(more);
        return new TestDoor(Settings.of(settings));
    }

    public URI baseUrl() {
        return URI.create("http://127.0.0.1:" + process.port());
    }

    /** The settings that a command needs to reach this door, as a properties file. */
    public String configuration() {
        return "http.base-url=%s%nauth.jwt-secret=%s%nprivacy.network-hash-key=%s%n"
                .formatted(baseUrl(), settings.text("auth.jwt-secret"), settings.text("privacy.network-hash-key"));
    }

    public String token(AccessRole role) {
        Vertx vertx = Vertx.vertx();
        try {
            return new Tokens(vertx, TokenConfig.from(settings))
                    .issue(new Principal("test", Set.of(role), Set.of()), Duration.ofMinutes(10));
        } finally {
            vertx.close().await();
        }
    }

    /** Posts a body to the door. */
    public HttpResponse<String> post(byte[] body, Map<String, String> headers) throws Exception {
        HttpRequest.Builder request = HttpRequest.newBuilder(baseUrl().resolve("/api/v1/events"))
                .timeout(Duration.ofSeconds(30))
                .POST(HttpRequest.BodyPublishers.ofByteArray(body));
        headers.forEach(request::header);
        return HTTP.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }

    public String get(String path) throws Exception {
        return HTTP.send(HttpRequest.newBuilder(baseUrl().resolve(path)).build(), HttpResponse.BodyHandlers.ofString())
                .body();
    }

    @Override
    public void close() {
        process.close();
    }
}
