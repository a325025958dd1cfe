package countinghouse.billing;

import static countinghouse.billing.BillingService.assertProblem;
import static countinghouse.billing.BillingService.customer;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import countinghouse.billing.BillingService.Answer;
import org.junit.jupiter.api.Test;

/** Invoices, what becomes of them, and reports of usage over HTTP. */
class DocumentsApiTest extends BillingServiceCase {
    @Test
    void shouldShowCustomersTheirOwnBooksOnly() {
        October.bill(books);
        String acme = api.invoices("acme").at("/data/0/id").asText();

        assertThat(api.callAs(customer("acme"), "GET", "/invoices", null).json().path("data"))
                .hasSize(1);
        assertThat(api.callAs(customer("acme"), "GET", "/accounts", null).json().path("data"))
                .hasSize(1);
        assertProblem(api.callAs(customer("other"), "GET", "/invoices/" + acme, null), 404, acme);
        assertProblem(api.callAs(customer("other"), "GET", "/invoices?account=acme", null), 404, "acme");
        assertThat(api.callAs(customer("other"), "GET", "/audit", null).status())
                .isEqualTo(403);
        assertThat(api.callAs(customer("other"), "POST", "/accounts", "{}").status())
                .isEqualTo(403);
    }

    @Test
    void shouldShowAnInvoiceWithTheEvidenceOfItsLines() {
        October.bill(books);
        String id = api.invoices("acme").at("/data/0/id").asText();

        JsonNode invoice = api.call("GET", "/invoices/" + id, null).json();

        assertThat(invoice.path("total").asText()).isEqualTo("69.00");
        assertThat(invoice.at("/lines/1/metered/quantity").asText()).isEqualTo("2000");
        assertThat(invoice.at("/lines/1/metered/fingerprint").asText()).hasSize(32);
        assertProblem(api.call("GET", "/invoices/" + id + "/lines/1/verify", null), 503, "archive");
        assertProblem(api.call("GET", "/invoices/inv_0/lines/1/verify", null), 404, "inv_0");
        assertProblem(api.call("GET", "/payouts/" + id, null), 404, id);
        assertProblem(api.call("GET", "/invoices?period=2026", null), 400, "2026-10");
        assertThat(api.call("GET", "/audit/verify", null).json().path("ok").asBoolean())
                .isTrue();
        assertThat(api.call("GET", "/audit?limit=2", null)
                        .json()
                        .at("/data/0/action")
                        .asText())
                .isEqualTo("account.registered");
        assertThat(api.call("GET", "/plans", null).json().path("data")).hasSize(5);
    }

    @Test
    void shouldPayVoidAndCreditOverHttpAndOncePerKey() {
        October.bill(books);
        String id = api.invoices("acme").at("/data/0/id").asText();
        String credit = "{\"amount\":\"10.50\",\"reason\":\"goodwill\",\"line\":1}";

        assertProblem(api.call("POST", "/invoices/" + id + "/credit-notes", credit), 400, "Idempotency-Key");
        Answer first = api.callWithKey("k1", "POST", "/invoices/" + id + "/credit-notes", credit);
        assertThat(first.json().path("amount").asText()).isEqualTo("10.50");
        assertThat(api.callWithKey("k1", "POST", "/invoices/" + id + "/credit-notes", credit)
                        .json())
                .isEqualTo(first.json());
        assertThat(api.callAs(customer("acme"), "GET", "/invoices/" + id + "/credit-notes", null)
                        .json()
                        .path("data"))
                .hasSize(1);
        assertProblem(
                api.callWithKey("k2", "POST", "/invoices/" + id + "/credit-notes", "{\"amount\":\"1\"}"),
                400,
                "reason");
        assertProblem(api.callWithKey("k3", "POST", "/invoices/" + id + "/credit-notes", "no"), 400, "JSON");
        assertProblem(
                api.callWithKey("k4", "POST", "/invoices/" + id + "/credit-notes", credit.replace("10.50", "99")),
                409,
                "left");
        assertProblem(api.call("POST", "/invoices/" + id + "/void", "{}"), 400, "reason");
        assertProblem(api.call("POST", "/invoices/" + id + "/void", "{\"reason\":\"wrong\"}"), 409, "rest on it");
        assertThat(api.callAs(customer("acme"), "POST", "/invoices/" + id + "/pay", null)
                        .status())
                .isEqualTo(403);
        assertThat(api.callWithKey("k5", "POST", "/invoices/" + id + "/pay", null)
                        .json()
                        .path("status")
                        .asText())
                .isEqualTo("paid");
        assertProblem(api.call("POST", "/payouts/" + id + "/pay", null), 404, id);
    }

    @Test
    void shouldReportUsageToItsAccountAtTheLevelOfItsTier() {
        October.bill(books);
        String path = "/usage-reports/acme?period=2026-10";

        JsonNode report = api.callAs(customer("acme"), "GET", path, null).json();

        assertThat(report.path("level").asText()).isEqualTo("basic");
        assertThat(report.at("/lines/1/asInvoiced/quantity").asText()).isEqualTo("2000");
        assertThat(report.at("/lines/1/asKnownNow/quantity").asText()).isEqualTo("2000");
        assertThat(report.at("/asInvoiced/amount").asText()).isEqualTo("69.00");
        assertThat(report.path("difference").asText()).isEqualTo("0.00");
        assertProblem(api.callAs(customer("other"), "GET", path, null), 404, "acme");
        assertProblem(api.call("GET", "/usage-reports/acme", null), 400, "period");
    }
}
