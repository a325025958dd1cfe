package countinghouse.billing.alert;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Clock;
import java.time.Duration;

/** Posts alerts, signed. Any 2xx means that the receiver has it; receivers recognise a repetition by the alert's id. */
final class WebhookChannel implements AlertChannel {
    private static final Duration TIMEOUT = Duration.ofSeconds(10);

    private final URI url;
    private final String secret;
    private final Clock clock;
    private final HttpClient http = HttpClient.newBuilder()
            .connectTimeout(TIMEOUT)
            .followRedirects(HttpClient.Redirect.NEVER)
            .build();

    WebhookChannel(URI url, String secret, Clock clock) {
        this.url = url;
        this.secret = secret;
        this.clock = clock;
    }

    @Override
    public String name() {
        return "webhook";
    }

    @Override
    public void deliver(Alert alert) {
        HttpRequest request = HttpRequest.newBuilder(url)
                .timeout(TIMEOUT)
                .header("Content-Type", "application/json")
                .header("Countinghouse-Alert-Id", alert.id())
                .header(WebhookSignature.HEADER, WebhookSignature.sign(secret, clock.instant(), alert.payload()))
                .POST(HttpRequest.BodyPublishers.ofString(alert.payload()))
                .build();
        try {
            int status =
                    http.send(request, HttpResponse.BodyHandlers.discarding()).statusCode();
            if (status / 100 != 2) {
                throw new DeliveryException("%s answered %d".formatted(url, status), null);
            }
        } catch (IOException e) {
            throw new DeliveryException("%s cannot be reached: %s".formatted(url, e), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new DeliveryException("Interrupted while posting to %s".formatted(url), e);
        }
    }

    @Override
    public void close() {
        // The client's threads end with its last request.
    }
}
