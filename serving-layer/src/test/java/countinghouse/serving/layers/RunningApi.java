package countinghouse.serving.layers;

import com.fasterxml.jackson.databind.JsonNode;
import countinghouse.kit.access.AccessRole;
import countinghouse.kit.access.Principal;
import countinghouse.kit.access.TokenConfig;
import countinghouse.kit.access.Tokens;
import countinghouse.kit.config.Settings;
import countinghouse.kit.http.Json;
import countinghouse.kit.process.ServiceProcess;
import countinghouse.serving.ApiRole;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Set;

/** The role {@code api} behind its real router, and a client with a token. */
public final class RunningApi implements AutoCloseable {
    private final Vertx vertx = Vertx.vertx();
    private final HttpClient client =
            HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(5)).build();
    private final Tokens tokens;
    private final ServiceProcess process;

    public RunningApi(Settings settings) {
        tokens = new Tokens(vertx, TokenConfig.from(settings));
        process = ServiceProcess.start(settings, List.of(new ApiRole()));
    }

    public String token(AccessRole role, String... accounts) {
        return tokens.issue(new Principal("test", Set.of(role), Set.of(accounts)), Duration.ofMinutes(5));
    }

    public URI uri(String path) {
        return URI.create("http://127.0.0.1:%d%s".formatted(process.port(), path));
    }

    /** A request as an analyst, who sees every account. */
    public HttpResponse<String> get(String path, String... headers) {
        return getAs(token(AccessRole.ANALYST), path, headers);
    }

    public HttpResponse<String> getAs(String token, String path, String... headers) {
        HttpRequest.Builder request = HttpRequest.newBuilder(uri(path)).header("Authorization", "Bearer " + token);
        if (headers.length > 0) {
            request.headers(headers);
        }
        return send(request.build());
    }

    public JsonNode json(String path) {
        return parse(get(path));
    }

    public HttpResponse<String> post(String path, String body) {
        return send(HttpRequest.newBuilder(uri(path))
                .header("Authorization", "Bearer " + token(AccessRole.ANALYST))
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(body))
                .build());
    }

    public HttpResponse<String> send(HttpRequest request) {
        try {
            return client.send(request, HttpResponse.BodyHandlers.ofString());
        } catch (IOException e) {
            throw new AssertionError("%s got no answer".formatted(request), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }

    public HttpClient client() {
        return client;
    }

    public static JsonNode parse(HttpResponse<String> response) {
        try {
            return Json.mapper().readTree(response.body());
        } catch (IOException e) {
            throw new AssertionError("not JSON: " + response.body(), e);
        }
    }

    @Override
    public void close() {
        process.close();
        vertx.close().await();
    }
}
