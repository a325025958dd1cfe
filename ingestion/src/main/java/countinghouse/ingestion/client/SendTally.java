package countinghouse.ingestion.client;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;
import java.util.TreeMap;

/** Adds up the answers of concurrent requests. */
final class SendTally {
    private final Map<String, Long> reasons = new TreeMap<>();
    private long stored;
    private long quarantined;
    private long retries;

    synchronized long stored(int events) {
        stored += events;
        return stored + quarantined;
    }

    synchronized long partly(JsonNode problem) {
        stored += problem.path("stored").asLong();
        quarantined += problem.path("quarantined").asLong();
        problem.path("errors").forEach(error -> reasons.merge(error.path("rule").asText(), 1L, Long::sum));
        return stored + quarantined;
    }

    synchronized void retried() {
        retries++;
    }

    synchronized SendResult result() {
        return new SendResult(stored + quarantined, stored, quarantined, Map.copyOf(reasons), retries);
    }
}
