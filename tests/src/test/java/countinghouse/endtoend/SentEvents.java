package countinghouse.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import countinghouse.kit.http.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.IntFunction;
import java.util.stream.IntStream;

/** Events that happen while a test looks on. */
final class SentEvents {
    private final URI api;
    private final String token;
    private final HttpClient client = HttpClient.newHttpClient();

    SentEvents(URI api, Countinghouse countinghouse) {
        this.api = api;
        this.token = countinghouse.run("token", "--role", "admin").output().strip();
    }

    void views(String account, int count) {
        send(
                "video.view",
                account,
                count,
                n -> Map.of("video_id", "video-001", "user_id", "watcher-" + UUID.randomUUID(), "view_duration", 120));
    }

    void jobs(String account, int count) {
        send(
                "job.succeeded",
                account,
                count,
                n -> Map.of("job_id", UUID.randomUUID().toString(), "workflow_id", "workflow-1", "duration_ms", 1000));
    }

    private void send(String type, String account, int count, IntFunction<Map<String, Object>> data) {
        List<Map<String, Object>> events = IntStream.range(0, count)
                .mapToObj(n -> Map.of(
                        "specversion",
                        "1.0",
                        "id",
                        UUID.randomUUID().toString(),
                        "source",
                        "test/dashboard",
                        "type",
                        type,
                        "subject",
                        account,
                        "data",
                        data.apply(n)))
                .toList();
        HttpRequest request = HttpRequest.newBuilder(api.resolve("/api/v1/events"))
                .header("Authorization", "Bearer " + token)
                .header("Content-Type", "application/cloudevents-batch+json")
                .POST(HttpRequest.BodyPublishers.ofString(Json.text(events)))
                .build();
        try {
            HttpResponse<String> answer = client.send(request, HttpResponse.BodyHandlers.ofString());
            assertThat(answer.statusCode()).as(answer.body()).isEqualTo(204);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
