package countinghouse.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import countinghouse.local.demo.ApiClient;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;

/** One invoice, and what the API proves of each of its lines by the raw events behind it. */
final class InvoiceProof {
    private final Countinghouse countinghouse;
    private final JsonNode invoice;
    private final List<JsonNode> verdicts;

    private InvoiceProof(Countinghouse countinghouse, JsonNode invoice) {
        this.countinghouse = countinghouse;
        this.invoice = invoice;
        this.verdicts = verdicts();
    }

    /** Of the first invoice that bills usage; every line must agree with its events. */
    static InvoiceProof ofAnInvoice(Countinghouse countinghouse) {
        for (JsonNode invoice : countinghouse.run("invoices", "--json").json().get("data")) {
            for (JsonNode line : invoice.get("lines")) {
                if (line.hasNonNull("metered")) {
                    InvoiceProof proof = new InvoiceProof(countinghouse, invoice);
                    assertThat(proof.verdicts).isNotEmpty().allMatch(verdict -> verdict.get("ok")
                            .asBoolean());
                    return proof;
                }
            }
        }
        throw new AssertionError("No invoice bills usage");
    }

    /** The same invoice to the last byte, and the same events behind each of its lines. */
    void assertStillHolds() {
        assertThat(countinghouse.run("invoices", "--json").json().get("data")).contains(invoice);
        assertThat(verdicts()).isEqualTo(verdicts);
    }

    private List<JsonNode> verdicts() {
        ApiClient api = new ApiClient(
                URI.create(
                        countinghouse.run("status", "--json").json().get("api").asText()),
                countinghouse.run("token", "--role", "billing").output().trim());
        List<JsonNode> answers = new ArrayList<>();
        for (JsonNode line : invoice.get("lines")) {
            String path = "/api/v1/invoices/%s/lines/%s"
                    .formatted(invoice.get("id").asText(), line.get("n").asText());
            answers.add(api.get(path + "/verify"));
        }
        return answers;
    }
}
