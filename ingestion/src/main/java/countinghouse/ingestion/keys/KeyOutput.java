package countinghouse.ingestion.keys;

import countinghouse.kit.access.key.ApiKey;
import countinghouse.kit.access.key.KeyText;
import countinghouse.kit.http.Json;
import java.io.PrintWriter;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Keys for people and for programs. */
final class KeyOutput {
    private final PrintWriter out;
    private final boolean json;

    KeyOutput(PrintWriter out, boolean json) {
        this.out = out;
        this.json = json;
    }

    /** Shows a new key, the only time that its secret is seen. */
    void created(KeyText key) {
        out.println(json ? Json.text(Map.of("id", key.id(), "key", key.text())) : key.text());
        out.flush();
    }

    void list(List<ApiKey> keys) {
        keys.forEach(key -> out.println(json ? Json.text(described(key)) : line(key)));
        out.flush();
    }

    private static String line(ApiKey key) {
        return "%s  %-8s  %s  %s as %s of %s, %,d events/s"
                .formatted(
                        key.id(),
                        state(key),
                        key.createdAt(),
                        key.grant().producer(),
                        key.grant().sources().entries(),
                        key.grant().accounts().entries(),
                        key.grant().eventsPerSecond());
    }

    private static Map<String, Object> described(ApiKey key) {
        Map<String, Object> described = new LinkedHashMap<>();
        described.put("id", key.id());
        described.put("state", state(key));
        described.put("producer", key.grant().producer());
        described.put("sources", key.grant().sources().entries());
        described.put("accounts", key.grant().accounts().entries());
        described.put("roles", key.grant().roles().stream().sorted().toList());
        described.put("eventsPerSecond", key.grant().eventsPerSecond());
        described.put("createdAt", key.createdAt());
        described.put("createdBy", key.createdBy());
        described.put("replaces", key.replaces());
        described.put("expiresAt", key.expiresAt());
        described.put("revokedAt", key.revokedAt());
        return described;
    }

    private static String state(ApiKey key) {
        if (key.revokedAt() != null) {
            return "revoked";
        }
        return key.isGoodAt(Instant.now()) ? "valid" : "expired";
    }
}
