package countinghouse.billing;

import static countinghouse.billing.BillingService.assertProblem;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import countinghouse.billing.books.Books.Count;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The quantities to be billed, as other billing systems ask for them. */
class BillableUsageApiTest extends BillingServiceCase {
    @Test
    void shouldSayWhetherBillableUsageIsClosed() {
        String october = "/billable-usage?from=2026-10-01T00:00:00Z&to=2026-11-01T00:00:00Z";
        assertProblem(api.call("GET", october, null), 409, "batch run");
        books.publish(1, Instant.parse("2026-10-20T00:00:00Z"), October.counts());

        assertThat(api.call("GET", october, null).json().path("status").asText())
                .isEqualTo("estimate");
        assertProblem(api.call("GET", october + "&require=closed", null), 409, "2026-10-20");
        JsonNode closed = api.call("GET", october.replace("2026-11-01", "2026-10-20") + "&require=closed&limit=1", null)
                .json();
        assertThat(closed.at("/data/0/quantity").asText()).isEqualTo("2000");
        assertThat(closed.at("/data/0/plan").asText()).isEqualTo("pro@1");
        JsonNode next = api.call(
                        "GET",
                        october.replace("2026-11-01", "2026-10-20") + "&cursor="
                                + closed.path("nextCursor").asText(),
                        null)
                .json();
        assertThat(next.at("/data/0/account").asText()).isEqualTo("stranger");
        assertThat(next.at("/data/0/registered").asBoolean()).isFalse();
        assertProblem(api.call("GET", october + "&meter=views", null), 400, "views");
        assertProblem(api.call("GET", october.replace("00:00:00Z&", "00:01:00Z&"), null), 400, "15 minutes");
        assertProblem(api.call("GET", october + "&limit=101", null), 400, "100");
        assertProblem(api.call("GET", october + "&generation=77", null), 409, "no generation 77");
    }

    @Test
    void shouldAddUpToTheQuantitiesOfInvoicesAndPayouts() {
        api.call("PUT", "/accounts/acme", "{\"tier\":\"vip\",\"effectiveFrom\":\"2026-10-11T00:00:00Z\"}");
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

        JsonNode usage = api.call(
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
    }

    private List<String> invoiced(String collection, String account) {
        String id = api.call("GET", "/" + collection + "?account=" + account, null)
                .json()
                .at("/data/0/id")
                .asText();
        List<String> quantities = new ArrayList<>();
        for (JsonNode line :
                api.call("GET", "/" + collection + "/" + id, null).json().path("lines")) {
            if (line.has("metered")) {
                quantities.add(line.at("/metered/quantity").asText());
            }
        }
        return quantities;
    }
}
