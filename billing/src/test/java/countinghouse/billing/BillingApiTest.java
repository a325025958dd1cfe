package countinghouse.billing;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import countinghouse.billing.api.BillingRole;
import countinghouse.billing.books.Books;
import countinghouse.billing.books.Books.Count;
import countinghouse.billing.books.BooksExtension;
import countinghouse.billing.books.ContractedAnswers;
import countinghouse.kit.access.AccessRole;
import countinghouse.kit.access.Principal;
import countinghouse.kit.access.TokenConfig;
import countinghouse.kit.access.Tokens;
import countinghouse.kit.http.Json;
import countinghouse.kit.process.ServiceProcess;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(BooksExtension.class)
class BillingApiTest {
    private static final ContractedAnswers CONTRACT = new ContractedAnswers();
    private final HttpClient http = HttpClient.newHttpClient();
    private final Vertx vertx = Vertx.vertx();
    private Books books;
    private ServiceProcess process;
    private Tokens tokens;

    @BeforeEach
    void start(Books given) {
        books = given;
        process = ServiceProcess.start(books.settings(), List.of(new BillingRole()));
        tokens = new Tokens(vertx, TokenConfig.from(books.settings()));
        call("POST", "/accounts", "{\"account\":\"acme\",\"tier\":\"pro\",\"effectiveFrom\":\"2025-01-01T00:00:00Z\"}");
        call("PUT", "/accounts/other", "{\"tier\":\"free\",\"timeZone\":\"Europe/Berlin\"}");
    }

    @AfterEach
    void stop() {
        process.close();
        vertx.close().await();
    }

    @Test
    void shouldRegisterAndPageAccounts() {
        Answer first = call("GET", "/accounts?limit=1", null);

        assertThat(first.json().at("/data/0/account").asText()).isEqualTo("acme");
        assertThat(first.json().at("/data/0/tiers/0/tier").asText()).isEqualTo("pro");
        Answer second = call(
                "GET",
                "/accounts?limit=1&cursor=" + first.json().path("nextCursor").asText(),
                null);
        assertThat(second.json().at("/data/0/timeZone").asText()).isEqualTo("Europe/Berlin");
        assertThat(second.json().has("nextCursor")).isFalse();
    }

    @Test
    void shouldRefuseWhatIsNotAnAccountWithAProblemThatNamesIt() {
        assertProblem(
                call("POST", "/accounts", "{\"account\":\"a\",\"tier\":\"gold\"}"),
                400,
                "/tier must be one of vip, premium, pro, free");
        assertProblem(call("POST", "/accounts", "{\"account\":\"a\",\"tier\":\"pro\",\"x\":1}"), 400, "'x'");
        assertProblem(call("POST", "/accounts", "no"), 400, "JSON");
        assertProblem(
                call("PUT", "/accounts/acme", "{\"tier\":\"vip\",\"effectiveFrom\":\"2025-01-01T00:00:00Z\"}"),
                409,
                "already has the tier pro");
    }

    @Test
    void shouldAnswerARepeatedChangeAsBeforeAndRefuseItsKeyForAnother() {
        String vip = "{\"tier\":\"vip\",\"effectiveFrom\":\"2026-02-01T00:00:00Z\"}";
        Answer first = callWithKey("upgrade-1", "PUT", "/accounts/acme", vip);
        call("PUT", "/accounts/acme", vip.replace("{", "{\"name\":\"Acme Ltd\","));

        Answer again = callWithKey("upgrade-1", "PUT", "/accounts/acme", vip);

        assertThat(again.json()).isEqualTo(first.json());
        assertThat(first.replayed()).isFalse();
        assertThat(again.replayed()).isTrue();
        assertProblem(callWithKey("upgrade-1", "PUT", "/accounts/other", vip), 422, "upgrade-1");
        assertProblem(callWithKey("upgrade-1", "PUT", "/accounts/acme", vip.replace("02-01", "03-01")), 422, "new key");
        assertProblem(callWithKey("k".repeat(256), "PUT", "/accounts/acme", vip), 400, "255 characters");
    }

    @Test
    void shouldLeaveTheKeyOfARefusedChangeFree() {
        String pro = "{\"tier\":\"%s\",\"effectiveFrom\":\"2025-01-01T00:00:00Z\"}";
        assertProblem(callWithKey("change", "PUT", "/accounts/acme", pro.formatted("vip")), 409, "already");

        assertThat(callWithKey("change", "PUT", "/accounts/acme", pro.formatted("pro"))
                        .status())
                .isEqualTo(200);
    }

    @Test
    void shouldAgreeTermsWithOneAccountAndPagePlans() {
        Answer agreed = call("POST", "/accounts/acme/overrides", """
                {"effectiveFrom": "2026-10-01T00:00:00Z", "reason": "contract", "terms": {"limits": {"concurrent_jobs": 9}}}
                """);

        assertThat(agreed.json().at("/overrides/0/terms/limits/concurrent_jobs").asInt())
                .isEqualTo(9);
        assertProblem(call("POST", "/accounts/acme/overrides", "{\"reason\":\"r\"}"), 400, "effectiveFrom");
        JsonNode first = call("GET", "/plans?limit=2", null).json();
        assertThat(first.path("data")).hasSize(2);
        JsonNode rest = call("GET", "/plans?cursor=" + first.path("nextCursor").asText(), null)
                .json();
        assertThat(rest.path("data")).hasSize(3);
        assertThat(rest.has("nextCursor")).isFalse();
    }

    @Test
    void shouldShowCustomersTheirOwnBooksOnly() {
        billOctober();
        String acme = invoices("acme").at("/data/0/id").asText();

        assertThat(callAs(customer("acme"), "GET", "/invoices", null).json().path("data"))
                .hasSize(1);
        assertThat(callAs(customer("acme"), "GET", "/accounts", null).json().path("data"))
                .hasSize(1);
        assertProblem(callAs(customer("other"), "GET", "/invoices/" + acme, null), 404, acme);
        assertProblem(callAs(customer("other"), "GET", "/invoices?account=acme", null), 404, "acme");
        assertThat(callAs(customer("other"), "GET", "/audit", null).status()).isEqualTo(403);
        assertThat(callAs(customer("other"), "POST", "/accounts", "{}").status())
                .isEqualTo(403);
    }

    @Test
    void shouldShowAnInvoiceWithTheEvidenceOfItsLines() {
        billOctober();
        String id = invoices("acme").at("/data/0/id").asText();

        JsonNode invoice = call("GET", "/invoices/" + id, null).json();

        assertThat(invoice.path("total").asText()).isEqualTo("69.00");
        assertThat(invoice.at("/lines/1/metered/quantity").asText()).isEqualTo("2000");
        assertThat(invoice.at("/lines/1/metered/fingerprint").asText()).hasSize(32);
        assertProblem(call("GET", "/invoices/" + id + "/lines/1/verify", null), 503, "archive");
        assertProblem(call("GET", "/invoices/inv_0/lines/1/verify", null), 404, "inv_0");
        assertProblem(call("GET", "/payouts/" + id, null), 404, id);
        assertThat(call("GET", "/audit/verify", null).json().path("ok").asBoolean())
                .isTrue();
        assertThat(call("GET", "/audit?limit=2", null)
                        .json()
                        .at("/data/0/action")
                        .asText())
                .isEqualTo("account.registered");
        assertThat(call("GET", "/plans", null).json().path("data")).hasSize(5);
    }

    @Test
    void shouldSayWhetherBillableUsageIsClosed() {
        String october = "/billable-usage?from=2026-10-01T00:00:00Z&to=2026-11-01T00:00:00Z";
        assertProblem(call("GET", october, null), 409, "batch run");
        books.publish(1, Instant.parse("2026-10-20T00:00:00Z"), counts());

        assertThat(call("GET", october, null).json().path("status").asText()).isEqualTo("estimate");
        assertProblem(call("GET", october + "&require=closed", null), 409, "2026-10-20");
        JsonNode closed = call("GET", october.replace("2026-11-01", "2026-10-20") + "&require=closed&limit=1", null)
                .json();
        assertThat(closed.at("/data/0/quantity").asText()).isEqualTo("2000");
        assertThat(closed.at("/data/0/plan").asText()).isEqualTo("pro@1");
        JsonNode next = call(
                        "GET",
                        october.replace("2026-11-01", "2026-10-20") + "&cursor="
                                + closed.path("nextCursor").asText(),
                        null)
                .json();
        assertThat(next.at("/data/0/account").asText()).isEqualTo("stranger");
        assertThat(next.at("/data/0/registered").asBoolean()).isFalse();
        assertProblem(call("GET", october + "&meter=views", null), 400, "views");
        assertProblem(call("GET", october.replace("00:00:00Z&", "00:01:00Z&"), null), 400, "15 minutes");
        assertProblem(call("GET", october + "&limit=101", null), 400, "100");
    }

    @Test
    void shouldPayVoidAndCreditOverHttpAndOncePerKey() {
        billOctober();
        String id = invoices("acme").at("/data/0/id").asText();
        String credit = "{\"amount\":\"10.50\",\"reason\":\"goodwill\",\"line\":1}";

        assertProblem(call("POST", "/invoices/" + id + "/credit-notes", credit), 400, "Idempotency-Key");
        Answer first = callWithKey("k1", "POST", "/invoices/" + id + "/credit-notes", credit);
        assertThat(first.json().path("amount").asText()).isEqualTo("10.50");
        assertThat(callWithKey("k1", "POST", "/invoices/" + id + "/credit-notes", credit)
                        .json())
                .isEqualTo(first.json());
        assertThat(callAs(customer("acme"), "GET", "/invoices/" + id + "/credit-notes", null)
                        .json()
                        .path("data"))
                .hasSize(1);
        assertProblem(
                callWithKey("k2", "POST", "/invoices/" + id + "/credit-notes", "{\"amount\":\"1\"}"), 400, "reason");
        assertProblem(callWithKey("k3", "POST", "/invoices/" + id + "/credit-notes", "no"), 400, "JSON");
        assertProblem(
                callWithKey("k4", "POST", "/invoices/" + id + "/credit-notes", credit.replace("10.50", "99")),
                409,
                "left");
        assertProblem(call("POST", "/invoices/" + id + "/void", "{}"), 400, "reason");
        assertProblem(call("POST", "/invoices/" + id + "/void", "{\"reason\":\"wrong\"}"), 409, "rest on it");
        assertThat(callAs(customer("acme"), "POST", "/invoices/" + id + "/pay", null)
                        .status())
                .isEqualTo(403);
        assertThat(callWithKey("k5", "POST", "/invoices/" + id + "/pay", null)
                        .json()
                        .path("status")
                        .asText())
                .isEqualTo("paid");
        assertProblem(call("POST", "/payouts/" + id + "/pay", null), 404, id);
    }

    @Test
    void shouldReportUsageToItsAccountAtTheLevelOfItsTier() {
        billOctober();
        String path = "/usage-reports/acme?period=2026-10";

        JsonNode report = callAs(customer("acme"), "GET", path, null).json();

        assertThat(report.path("level").asText()).isEqualTo("basic");
        assertThat(report.at("/lines/1/asInvoiced/quantity").asText()).isEqualTo("2000");
        assertThat(report.at("/lines/1/asKnownNow/quantity").asText()).isEqualTo("2000");
        assertThat(report.at("/asInvoiced/amount").asText()).isEqualTo("69.00");
        assertThat(report.path("difference").asText()).isEqualTo("0.00");
        assertProblem(callAs(customer("other"), "GET", path, null), 404, "acme");
        assertProblem(call("GET", "/usage-reports/acme", null), 400, "period");
    }

    @Test
    void shouldAddUpToTheQuantitiesOfInvoicesAndPayouts() {
        call("PUT", "/accounts/acme", "{\"tier\":\"vip\",\"effectiveFrom\":\"2026-10-11T00:00:00Z\"}");
        books.publish(
                1,
                Instant.parse("2026-11-02T00:00:00Z"),
                List.of(
                        Count.of("jobs_completed", "acme", "2026-10-05T00:00:00Z", 2000, "2000"),
                        Count.of("jobs_completed", "acme", "2026-10-11T00:00:00Z", 300, "300"),
                        Count.of("ad_revenue", "acme", "2026-10-12T00:00:00Z", 2, "0.35")
                                .with("{\"payee\":\"other\",\"video_id\":\"v\"}")));
        try (Billing billing = Billing.open(books.settings())) {
            billing.run().runAll(BillingPeriod.parse("2026-10"), "run-1", "tester");
        }

        JsonNode usage = call(
                        "GET",
                        "/billable-usage?from=2026-10-01T00:00:00Z&to=2026-11-01T00:00:00Z&require=closed&generation=1",
                        null)
                .json()
                .path("data");

        assertThat(usage).hasSize(2);
        assertThat(usage.at("/0/quantity").asText()).isEqualTo("2300");
        assertThat(usage.at("/0/parts/0/quantity").asText()).isEqualTo("2000");
        assertThat(usage.at("/0/parts/1/quantity").asText()).isEqualTo("300");
        assertThat(usage.at("/0/parts/1/tier").asText()).isEqualTo("vip");
        assertThat(usage.at("/1/account").asText()).isEqualTo("other");
        assertThat(usage.at("/1/accountDimension").asText()).isEqualTo("payee");
        assertThat(invoiced("invoices", "acme")).containsExactly("2000", "300");
        assertThat(invoiced("payouts", "other"))
                .containsExactly(usage.at("/1/quantity").asText());
        assertThat(call("GET", "/billable-usage?from=2026-10-01T00:00:00Z&to=2026-11-01T00:00:00Z&generation=7", null)
                        .status())
                .isEqualTo(503);
    }

    private List<String> invoiced(String collection, String account) {
        String id = call("GET", "/" + collection + "?account=" + account, null)
                .json()
                .at("/data/0/id")
                .asText();
        List<String> quantities = new ArrayList<>();
        for (JsonNode line :
                call("GET", "/" + collection + "/" + id, null).json().path("lines")) {
            if (line.has("metered")) {
                quantities.add(line.at("/metered/quantity").asText());
            }
        }
        return quantities;
    }

    private void billOctober() {
        books.publish(1, Instant.parse("2026-11-02T00:00:00Z"), counts());
        try (Billing billing = Billing.open(books.settings())) {
            billing.run().runAll(BillingPeriod.parse("2026-10"), "run-1", "tester");
        }
    }

    private static List<Count> counts() {
        return List.of(
                Count.of("jobs_completed", "acme", "2026-10-05T00:00:00Z", 2000, "2000"),
                Count.of("jobs_completed", "stranger", "2026-10-05T00:00:00Z", 3, "3"));
    }

    @Test
    void shouldRollBackOneGenerationOnceAndWriteItDown() {
        publishTwo();

        Answer first = callWithKey("back", "POST", "/generations/2/rollback", null);
        Answer repeated = callWithKey("back", "POST", "/generations/2/rollback", null);

        assertThat(first.status()).as(first.json().toString()).isEqualTo(200);
        assertThat(first.json().path("served").asLong()).isEqualTo(1);
        assertThat(repeated.replayed()).isTrue();
        assertThat(repeated.json()).isEqualTo(first.json());
        assertThat(served()).isEqualTo(1);
        JsonNode entry = call("GET", "/audit?order=newest&limit=1", null).json().at("/data/0");
        assertThat(entry.path("number")).isEqualTo(first.json().path("auditEntry"));
        assertThat(entry.path("action").asText()).isEqualTo("generation.rolled-back");
        assertThat(entry.path("actor").asText()).isEqualTo("user:boss");
        assertThat(call("GET", "/audit/verify", null).json().path("ok").asBoolean())
                .isTrue();
    }

    @Test
    void shouldRefuseToRollBackWhatIsNotServedOrHasNothingBefore() {
        assertProblem(callWithKey("a", "POST", "/generations/1/rollback", null), 409, "not the one that is served");
        publishTwo();

        assertProblem(callWithKey("b", "POST", "/generations/1/rollback", null), 409, "(2)");
        assertProblem(call("POST", "/generations/2/rollback", null), 400, "Idempotency-Key");
        assertThat(callAs(
                                new Principal("clerk", Set.of(AccessRole.BILLING), Set.of()),
                                "POST",
                                "/generations/2/rollback",
                                null,
                                "Idempotency-Key",
                                "c")
                        .status())
                .isEqualTo(403);
        assertThat(served()).isEqualTo(2);
        callWithKey("d", "POST", "/generations/2/rollback", null);
        assertProblem(callWithKey("e", "POST", "/generations/1/rollback", null), 409, "one generation only");
        assertThat(served()).isEqualTo(1);
    }

    @Test
    void shouldTellWhereTheLedgerStandsAndWhatItsLastCheckFound() {
        JsonNode before = call("GET", "/audit/status", null).json();
        JsonNode verdict = call("GET", "/audit/verify", null).json();
        JsonNode after = call("GET", "/audit/status", null).json();

        assertThat(before.path("entries").asLong()).isPositive();
        assertThat(before.has("lastVerification")).isFalse();
        assertThat(after.path("root")).isEqualTo(verdict.path("root"));
        assertThat(after.at("/lastVerification/ok").asBoolean()).isTrue();
        assertThat(after.at("/lastVerification/at").asText()).isNotEmpty();
    }

    private void publishTwo() {
        books.publish(1, Instant.parse("2026-11-01T00:00:00Z"), counts());
        books.publish(2, Instant.parse("2026-11-02T00:00:00Z"), List.of());
        books.owner()
                .useHandle(handle -> handle.execute("UPDATE published.generation SET parent = 1 WHERE number = 2"));
    }

    private long served() {
        return books.owner().withHandle(handle -> handle.createQuery("SELECT generation FROM published.pointer")
                .mapTo(Long.class)
                .one());
    }

    private JsonNode invoices(String account) {
        return call("GET", "/invoices?account=" + account, null).json();
    }

    private static Principal customer(String account) {
        return new Principal("customer", Set.of(AccessRole.CUSTOMER), Set.of(account));
    }

    private Answer call(String method, String path, String body) {
        return callAs(new Principal("boss", Set.of(AccessRole.ADMIN), Set.of()), method, path, body);
    }

    private Answer callWithKey(String key, String method, String path, String body) {
        return callAs(
                new Principal("boss", Set.of(AccessRole.ADMIN), Set.of()), method, path, body, "Idempotency-Key", key);
    }

    private Answer callAs(Principal principal, String method, String path, String body, String... headers) {
        HttpRequest.Builder request = HttpRequest.newBuilder(
                        URI.create("http://127.0.0.1:%d/api/v1%s".formatted(process.port(), path)))
                .timeout(Duration.ofSeconds(60))
                .header("Authorization", "Bearer " + tokens.issue(principal, Duration.ofMinutes(5)))
                .method(
                        method,
                        body == null ? HttpRequest.BodyPublishers.noBody() : HttpRequest.BodyPublishers.ofString(body));
        if (headers.length > 0) {
            request.headers(headers);
        }
        try {
            HttpResponse<String> response = http.send(request.build(), HttpResponse.BodyHandlers.ofString());
            JsonNode json = Json.mapper().readTree(response.body());
            CONTRACT.check(method, request.build().uri().getPath(), response.statusCode(), json);
            return new Answer(
                    response.statusCode(),
                    json,
                    response.headers().firstValue("Idempotency-Replayed").isPresent());
        } catch (IOException | InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void assertProblem(Answer answer, int status, String detail) {
        assertThat(answer.status()).isEqualTo(status);
        assertThat(answer.json().path("detail").asText()).contains(detail);
    }

    private record Answer(int status, JsonNode json, boolean replayed) {}
}
