package countinghouse.ingestion.keys;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import countinghouse.kit.access.AccessRole;
import countinghouse.kit.access.key.ApiKey;
import countinghouse.kit.access.key.KeyGrant;
import countinghouse.kit.access.key.KeyText;
import countinghouse.kit.access.key.NamePatterns;
import countinghouse.kit.http.Json;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class KeyOutputTest {
    private static final Instant MADE = Instant.parse("2026-11-01T00:00:00Z");
    private static final KeyGrant GRANT = new KeyGrant(
            "shop",
            new NamePatterns(List.of("shop/*")),
            new NamePatterns(List.of("organiser-1")),
            Set.of(AccessRole.PRODUCER),
            500);

    private final StringWriter text = new StringWriter();

    @Test
    void shouldShowASecretOnceAndNeverInAList() throws Exception {
        KeyText key = KeyText.random(new SecureRandom());
        output(true).created(key);
        JsonNode created = Json.mapper().readTree(text.toString());
        assertThat(created.path("key").asText())
                .isEqualTo(key.text())
                .contains(created.path("id").asText());

        output(false).list(List.of(new ApiKey(key.id(), GRANT, key.hash(), MADE, "ann", null, null, null, null)));
        assertThat(text.toString().substring(text.toString().indexOf('\n')))
                .contains(key.id(), "valid", "shop as [shop/*] of [organiser-1], 500 events/s")
                .doesNotContain(key.secret());
    }

    @Test
    void shouldTellExpiredFromRevokedKeys() {
        output(true)
                .list(List.of(
                        new ApiKey("a", GRANT, new byte[32], MADE, "ann", null, MADE.plusSeconds(1), null, null),
                        new ApiKey("b", GRANT, new byte[32], MADE, "ann", "a", null, MADE, "bob")));

        assertThat(text.toString().lines())
                .satisfiesExactly(
                        expired -> assertThat(expired).contains("\"state\":\"expired\"", "\"eventsPerSecond\":500"),
                        revoked -> assertThat(revoked)
                                .contains("\"state\":\"revoked\"", "\"replaces\":\"a\"", "\"revokedBy\":\"bob\""));
    }

    private KeyOutput output(boolean json) {
        return new KeyOutput(new PrintWriter(text), json);
    }
}
