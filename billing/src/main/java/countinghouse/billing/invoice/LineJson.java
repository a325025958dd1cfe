package countinghouse.billing.invoice;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import countinghouse.billing.TimeRange;
import countinghouse.billing.rating.Detail;
import countinghouse.kit.http.Json;
import countinghouse.metering.row.Decimals;
import countinghouse.metering.row.Fingerprint;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Lines as JSON: stored, hashed and served in the same form, its members always in the same order. Decimals are texts. */
public final class LineJson {
    private LineJson() {}

    public static Map<String, Object> write(LineContent line) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("item", line.item());
        json.put("description", line.description());
        json.put("plan", line.plan());
        json.put("planVersion", line.planVersion());
        json.put("planDigest", line.planDigest());
        json.put("from", line.range().from().toString());
        json.put("to", line.range().to().toString());
        json.put("share", write(line.share()));
        line.metered().ifPresent(metered -> json.put("metered", write(metered)));
        line.before().ifPresent(before -> json.put("invoicedBefore", write(before)));
        json.put("details", line.details().stream().map(LineJson::write).toList());
        return json;
    }

    static LineContent read(String text) {
        JsonNode json;
        try {
            json = Json.mapper().readTree(text);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("A stored line is not JSON", e);
        }
        List<Detail> details = new ArrayList<>();
        json.path("details").forEach(detail -> details.add(detail(detail)));
        return new LineContent(
                json.path("item").asText(),
                json.path("description").asText(),
                json.path("plan").asText(),
                json.path("planVersion").asInt(),
                json.path("planDigest").asText(),
                new TimeRange(
                        Instant.parse(json.path("from").asText()),
                        Instant.parse(json.path("to").asText())),
                new Share(
                        json.path("share").path("part").asLong(),
                        json.path("share").path("whole").asLong()),
                Optional.ofNullable(json.get("metered")).map(LineJson::metered),
                Optional.ofNullable(json.get("invoicedBefore")).map(LineJson::invoiced),
                details);
    }

    private static Map<String, Object> write(Share share) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("part", share.part());
        json.put("whole", share.whole());
        return json;
    }

    private static Map<String, Object> write(Invoiced before) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("amount", before.amount().toPlainString());
        json.put("lines", before.lines());
        return json;
    }

    private static Map<String, Object> write(MeteredEvidence metered) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("meter", metered.meter());
        metered.accountDimension().ifPresent(dimension -> json.put("accountDimension", dimension));
        json.put("n", metered.n());
        json.put("quantity", Decimals.text(metered.quantity()));
        json.put("fingerprint", metered.fingerprint().toHex());
        return json;
    }

    private static Map<String, Object> write(Detail detail) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("reference", detail.reference());
        json.put("quantity", Decimals.text(detail.quantity()));
        json.put("unitPrice", Decimals.text(detail.unitPrice()));
        json.put("amount", Decimals.text(detail.amount()));
        return json;
    }

    private static MeteredEvidence metered(JsonNode json) {
        return new MeteredEvidence(
                json.path("meter").asText(),
                Optional.ofNullable(json.get("accountDimension")).map(JsonNode::asText),
                json.path("n").asLong(),
                new BigDecimal(json.path("quantity").asText()),
                Fingerprint.ofHex(json.path("fingerprint").asText()));
    }

    private static Invoiced invoiced(JsonNode json) {
        List<String> lines = new ArrayList<>();
        json.path("lines").forEach(line -> lines.add(line.asText()));
        return new Invoiced(new BigDecimal(json.path("amount").asText()), lines);
    }

    private static Detail detail(JsonNode json) {
        return new Detail(
                json.path("reference").asText(),
                new BigDecimal(json.path("quantity").asText()),
                new BigDecimal(json.path("unitPrice").asText()),
                new BigDecimal(json.path("amount").asText()));
    }
}
