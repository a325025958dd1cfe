package countinghouse.local.demo;

import countinghouse.kit.command.CommandFailure;
import countinghouse.kit.command.ExitCode;
import java.io.IOException;
import java.math.BigDecimal;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;

/** What the door counts of itself, from its metrics. */
final class DoorMetrics {
    private static final String ADS_EXPLODED = "ingest_ads_exploded_total";

    private final URI base;

    DoorMetrics(URI base) {
        this.base = base;
    }

    /** Ad events made of views since the process started. */
    long adsExploded() {
        HttpRequest request = HttpRequest.newBuilder(base.resolve("/metrics"))
                .timeout(Duration.ofSeconds(5))
                .build();
        try {
            HttpResponse<String> response =
                    HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofString());
            return response.body()
                    .lines()
                    .filter(line -> line.startsWith(ADS_EXPLODED))
                    .map(line -> new BigDecimal(line.substring(line.lastIndexOf(' ') + 1)))
                    .reduce(BigDecimal.ZERO, BigDecimal::add)
                    .longValueExact();
        } catch (IOException e) {
            throw new CommandFailure(ExitCode.TEMPORARY, "Cannot read the metrics of %s: %s".formatted(base, e), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CommandFailure(ExitCode.TEMPORARY, "Interrupted while reading metrics", e);
        }
    }
}
