package countinghouse.billing;

import static countinghouse.billing.BillingService.assertProblem;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import countinghouse.billing.BillingService.Answer;
import countinghouse.kit.access.AccessRole;
import countinghouse.kit.access.Principal;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Rolling generations back over HTTP, and the ledger that it is written to. */
class GenerationsApiTest extends BillingServiceCase {
    @Test
    void shouldRollBackOneGenerationOnceAndWriteItDown() {
        publishTwo();

        Answer first = api.callWithKey("back", "POST", "/generations/2/rollback", null);
        Answer repeated = api.callWithKey("back", "POST", "/generations/2/rollback", null);

        assertThat(first.status()).as(first.json().toString()).isEqualTo(200);
        assertThat(first.json().path("served").asLong()).isEqualTo(1);
        assertThat(repeated.replayed()).isTrue();
        assertThat(repeated.json()).isEqualTo(first.json());
        assertThat(served()).isEqualTo(1);
        JsonNode entry =
                api.call("GET", "/audit?order=newest&limit=1", null).json().at("/data/0");
        assertThat(entry.path("number")).isEqualTo(first.json().path("auditEntry"));
        assertThat(entry.path("action").asText()).isEqualTo("generation.rolled-back");
        assertThat(entry.path("actor").asText()).isEqualTo("user:boss");
        assertThat(api.call("GET", "/audit/verify", null).json().path("ok").asBoolean())
                .isTrue();
    }

    @Test
    void shouldRefuseToRollBackWhatIsNotServedOrHasNothingBefore() {
        assertProblem(api.callWithKey("a", "POST", "/generations/1/rollback", null), 409, "not the one that is served");
        publishTwo();

        assertProblem(api.callWithKey("b", "POST", "/generations/1/rollback", null), 409, "(2)");
        assertProblem(api.call("POST", "/generations/2/rollback", null), 400, "Idempotency-Key");
        assertThat(api.callAs(
                                new Principal("clerk", Set.of(AccessRole.BILLING), Set.of()),
                                "POST",
                                "/generations/2/rollback",
                                null,
                                "Idempotency-Key",
                                "c")
                        .status())
                .isEqualTo(403);
        assertThat(served()).isEqualTo(2);
        api.callWithKey("d", "POST", "/generations/2/rollback", null);
        assertProblem(api.callWithKey("e", "POST", "/generations/1/rollback", null), 409, "one generation only");
        assertThat(served()).isEqualTo(1);
    }

    @Test
    void shouldTellAMisspelledRootFromARewrittenHistory() {
        assertProblem(api.call("GET", "/audit/verify?root=zz", null), 400, "'root'");
        String root = api.call("GET", "/audit/status", null).json().path("root").asText();
        assertThat(api.call("GET", "/audit/verify?root=" + root.toUpperCase(Locale.ROOT), null)
                        .json()
                        .path("ok")
                        .asBoolean())
                .isTrue();
        assertThat(api.call("GET", "/audit/verify?root=" + "0".repeat(63) + "1", null)
                        .json()
                        .path("problem")
                        .asText())
                .contains("rewritten");
        assertThat(api.call("GET", "/audit/status", null)
                        .json()
                        .at("/lastVerification/ok")
                        .asBoolean())
                .as("what everybody sees is no matter of what one caller noted")
                .isTrue();
    }

    @Test
    void shouldTellWhereTheLedgerStandsAndWhatItsLastCheckFound() {
        JsonNode before = api.call("GET", "/audit/status", null).json();
        JsonNode verdict = api.call("GET", "/audit/verify", null).json();
        JsonNode after = api.call("GET", "/audit/status", null).json();

        assertThat(before.path("entries").asLong()).isPositive();
        assertThat(before.has("lastVerification")).isFalse();
        assertThat(after.path("root")).isEqualTo(verdict.path("root"));
        assertThat(after.at("/lastVerification/ok").asBoolean()).isTrue();
        assertThat(after.at("/lastVerification/at").asText()).isNotEmpty();
    }

    private void publishTwo() {
        books.publish(1, Instant.parse("2026-11-01T00:00:00Z"), October.counts());
        books.publish(2, Instant.parse("2026-11-02T00:00:00Z"), List.of());
        books.owner()
                .useHandle(handle -> handle.execute("UPDATE published.generation SET parent = 1 WHERE number = 2"));
    }

    private long served() {
        return books.owner().withHandle(handle -> handle.createQuery("SELECT generation FROM published.pointer")
                .mapTo(Long.class)
                .one());
    }
}
