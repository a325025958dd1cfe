package countinghouse.ingestion.canary;

import countinghouse.kit.http.Json;
import java.io.IOException;
import java.math.BigDecimal;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/** The platform as a customer sees it: its public door and API, over HTTP. */
final class PublicDoor {
    private static final Duration TIMEOUT = Duration.ofSeconds(15);

    private final HttpClient http =
            HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(2)).build();
    private final URI baseUrl;

    PublicDoor(URI baseUrl) {
        this.baseUrl = baseUrl;
    }

    /**
     * Sends an event.
     *
     * @throws IOException if it is not answered with 204
     */
    void send(String event, String credentials) throws IOException, InterruptedException {
        HttpResponse<String> answer = http.send(
                request("/api/v1/events", credentials)
                        .header("Content-Type", "application/cloudevents+json")
                        .POST(HttpRequest.BodyPublishers.ofString(event))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
        require(answer, 204);
    }

    /**
     * An account's total of a meter, of all times.
     *
     * @throws IOException if it is not answered with 200 and a number
     */
    BigDecimal total(String meter, String account, String credentials) throws IOException, InterruptedException {
        String path = "/api/v1/meters/%s/query?subject=%s"
                .formatted(meter, URLEncoder.encode(account, StandardCharsets.UTF_8));
        HttpResponse<String> answer = http.send(
                request(path, credentials).header("Accept", "application/json").build(),
                HttpResponse.BodyHandlers.ofString());
        require(answer, 200);
        return Json.mapper()
                .readTree(answer.body())
                .path("data")
                .path(0)
                .path("value")
                .decimalValue();
    }

    private HttpRequest.Builder request(String path, String credentials) {
        return HttpRequest.newBuilder(baseUrl.resolve(path))
                .timeout(TIMEOUT)
                .header("Authorization", "Bearer " + credentials);
    }

    private static void require(HttpResponse<String> answer, int status) throws IOException {
        if (answer.statusCode() != status) {
            throw new IOException(
                    "%s answered %d: %s".formatted(answer.uri().getPath(), answer.statusCode(), answer.body()));
        }
    }
}
