package countinghouse.ingestion.keys;

import countinghouse.kit.access.key.ApiKey;
import countinghouse.kit.access.key.KeyText;
import countinghouse.kit.http.Json;
import java.io.PrintWriter;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
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
        keys.forEach(key -> out.println(json ? Json.text(key.fieldsAt(Instant.now())) : line(key)));
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

    private static String state(ApiKey key) {
        return key.stateAt(Instant.now()).name().toLowerCase(Locale.ROOT);
    }
}
