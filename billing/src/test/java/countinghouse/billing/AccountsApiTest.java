package countinghouse.billing;

import static countinghouse.billing.BillingService.assertProblem;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import countinghouse.billing.BillingService.Answer;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Accounts, their terms and the plans over HTTP, and changes that come twice. */
class AccountsApiTest extends BillingServiceCase {
    @Test
    void shouldRegisterAndPageAccounts() {
        Answer first = api.call("GET", "/accounts?limit=1", null);

        assertThat(first.json().at("/data/0/account").asText()).isEqualTo("acme");
        assertThat(first.json().at("/data/0/tiers/0/tier").asText()).isEqualTo("pro");
        Answer second = api.call(
                "GET",
                "/accounts?limit=1&cursor=" + first.json().path("nextCursor").asText(),
                null);
        assertThat(second.json().at("/data/0/timeZone").asText()).isEqualTo("Europe/Berlin");
        assertThat(second.json().has("nextCursor")).isFalse();
        assertThat(first.json().at("/data/0/timeZone").asText()).isEqualTo("UTC");
    }

    @Test
    void shouldRefuseACursorThatIsNotWhole() {
        String cursor = api.call("GET", "/accounts?limit=1", null)
                .json()
                .path("nextCursor")
                .asText();

        for (String broken : List.of("zzz", "z", "!", cursor.substring(0, cursor.length() - 2), "A" + cursor)) {
            assertProblem(api.call("GET", "/accounts?cursor=" + broken, null), 400, "'cursor'");
        }
    }

    @Test
    void shouldRefuseWhatIsNotAnAccountWithAProblemThatNamesIt() {
        assertProblem(
                api.call("POST", "/accounts", "{\"account\":\"a\",\"tier\":\"gold\"}"),
                400,
                "/tier must be one of vip, premium, pro, free");
        assertProblem(api.call("POST", "/accounts", "{\"account\":\"a\",\"tier\":\"pro\",\"x\":1}"), 400, "'x'");
        assertProblem(api.call("POST", "/accounts", "no"), 400, "JSON");
        assertProblem(
                api.call("PUT", "/accounts/acme", "{\"tier\":\"vip\",\"effectiveFrom\":\"2025-01-01T00:00:00Z\"}"),
                409,
                "already has the tier pro");
    }

    @Test
    void shouldAnswerARepeatedChangeAsBeforeAndRefuseItsKeyForAnother() {
        String vip = "{\"tier\":\"vip\",\"effectiveFrom\":\"2026-02-01T00:00:00Z\"}";
        Answer first = api.callWithKey("upgrade-1", "PUT", "/accounts/acme", vip);
        api.call("PUT", "/accounts/acme", vip.replace("{", "{\"name\":\"Acme Ltd\","));

        Answer again = api.callWithKey("upgrade-1", "PUT", "/accounts/acme", vip);

        assertThat(again.json()).isEqualTo(first.json());
        assertThat(first.replayed()).isFalse();
        assertThat(again.replayed()).isTrue();
        assertProblem(api.callWithKey("upgrade-1", "PUT", "/accounts/other", vip), 422, "upgrade-1");
        assertProblem(
                api.callWithKey("upgrade-1", "PUT", "/accounts/acme", vip.replace("02-01", "03-01")), 422, "new key");
        assertProblem(api.callWithKey("k".repeat(256), "PUT", "/accounts/acme", vip), 400, "255 characters");
    }

    @Test
    void shouldLeaveTheKeyOfARefusedChangeFree() {
        String pro = "{\"tier\":\"%s\",\"effectiveFrom\":\"2025-01-01T00:00:00Z\"}";
        assertProblem(api.callWithKey("change", "PUT", "/accounts/acme", pro.formatted("vip")), 409, "already");

        assertThat(api.callWithKey("change", "PUT", "/accounts/acme", pro.formatted("pro"))
                        .status())
                .isEqualTo(200);
    }

    @Test
    void shouldAgreeTermsWithOneAccountAndPagePlans() {
        Answer agreed = api.call("POST", "/accounts/acme/overrides", """
                {"effectiveFrom": "2026-10-01T00:00:00Z", "reason": "contract", "terms": {"limits": {"concurrent_jobs": 9}}}
                """);

        assertThat(agreed.json().at("/overrides/0/terms/limits/concurrent_jobs").asInt())
                .isEqualTo(9);
        assertProblem(api.call("POST", "/accounts/acme/overrides", "{\"reason\":\"r\"}"), 400, "effectiveFrom");
        JsonNode first = api.call("GET", "/plans?limit=2", null).json();
        assertThat(first.path("data")).hasSize(2);
        JsonNode rest = api.call(
                        "GET", "/plans?cursor=" + first.path("nextCursor").asText(), null)
                .json();
        assertThat(rest.path("data")).hasSize(3);
        assertThat(rest.has("nextCursor")).isFalse();
    }
}
