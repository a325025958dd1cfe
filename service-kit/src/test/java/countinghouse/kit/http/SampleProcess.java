package countinghouse.kit.http;

import countinghouse.kit.access.AccessRole;
import countinghouse.kit.access.Principal;
import countinghouse.kit.config.Settings;
import countinghouse.kit.process.ServiceProcess;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** A process with a {@link SampleRole}, and an admin who asks it. */
public final class SampleProcess implements AutoCloseable {
    private final SampleRole role = new SampleRole();
    private final HttpClient client = HttpClient.newHttpClient();
    private final ServiceProcess process;

    public SampleProcess(Map<String, String> settings) {
        Map<String, String> all = new HashMap<>(settings);
        all.put("http.port", "0");
        all.put("auth.jwt-secret", "0123456789abcdef0123456789abcdef");
        process = ServiceProcess.start(Settings.of(all), List.of(role));
    }

    public int port() {
        return process.port();
    }

    public HttpResponse<String> get(String path, String... headers) {
        return send(request(path).GET(), headers);
    }

    public HttpResponse<String> post(String path, String contentType, String body) {
        return send(request(path).header("Content-Type", contentType).POST(HttpRequest.BodyPublishers.ofString(body)));
    }

    public HttpRequest.Builder request(String path) {
        String token =
                role.tokens().issue(new Principal("ann", Set.of(AccessRole.ADMIN), Set.of()), Duration.ofMinutes(1));
        return HttpRequest.newBuilder(URI.create("http://127.0.0.1:%d%s".formatted(port(), path)))
                .header("Authorization", "Bearer " + token);
    }

    public HttpResponse<String> send(HttpRequest.Builder request, String... headers) {
        try {
            return client.send(
                    (headers.length == 0 ? request : request.headers(headers)).build(),
                    HttpResponse.BodyHandlers.ofString());
        } catch (IOException e) {
            throw new AssertionError(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }

    @Override
    public void close() {
        process.close();
    }
}
