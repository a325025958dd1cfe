package countinghouse.billing.plan;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import countinghouse.billing.ledger.CanonicalJson;
import countinghouse.billing.money.Currency;
import countinghouse.billing.rating.Terms;
import countinghouse.kit.http.Json;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Reads plan versions, strictly. */
public final class PlanReader {
    private PlanReader() {}

    /** A plan version from the document of an earlier reading; used to rate again at the pins of an invoice. */
    public static PlanVersion read(String document) {
        try {
            return read(Json.mapper().readTree(document));
        } catch (JsonProcessingException e) {
            throw new PlanException("A stored plan is not JSON: " + e.getOriginalMessage());
        }
    }

    /**
     * A plan version, with its currency's scale in it.
     *
     * @throws PlanException if it is not valid
     */
    public static PlanVersion read(JsonNode node) {
        Fields fields = new Fields(node, "The plan");
        String name = fields.text("plan");
        String where = "The plan '%s'".formatted(name);
        DocumentKind kind =
                switch (fields.text("kind")) {
                    case "invoice" -> DocumentKind.INVOICE;
                    case "payout" -> DocumentKind.PAYOUT;
                    default -> throw new PlanException("%s: 'kind' must be invoice or payout".formatted(where));
                };
        Fields currency = new Fields(fields.node("currency"), where + " currency");
        PlanVersion plan = new PlanVersion(
                name,
                fields.integer("version"),
                kind,
                fields.optionalText("tier").map(Tier::of),
                instant(fields.text("effective_from"), where),
                new Currency(currency.text("code"), currency.integer("scale")),
                items(fields.node("items"), where),
                fields.find("limits").map(limits -> LimitsReader.read(limits, where)),
                CanonicalJson.text(node));
        currency.finish();
        fields.finish();
        if (plan.tier().isPresent() != (kind == DocumentKind.INVOICE)) {
            throw new PlanException("%s: invoices need a 'tier', pay-outs have none".formatted(where));
        }
        return plan;
    }

    private static List<PlanItem> items(JsonNode nodes, String where) {
        List<PlanItem> items = new ArrayList<>();
        Set<String> ids = new HashSet<>();
        for (JsonNode node : nodes) {
            Fields fields = new Fields(node, where + " item");
            String id = fields.text("id");
            if (!ids.add(id)) {
                throw new PlanException("%s has two items '%s'".formatted(where, id));
            }
            items.add(new PlanItem(
                    id,
                    fields.text("description"),
                    fields.optionalText("meter"),
                    fields.optionalText("account_dimension"),
                    PriceReader.read(fields.node("price"), "%s item '%s'".formatted(where, id)),
                    new Terms(
                            fields.optionalDecimal("percent_discount").orElse(BigDecimal.ZERO),
                            fields.optionalDecimal("maximum"),
                            fields.optionalDecimal("minimum"))));
            fields.finish();
        }
        return List.copyOf(items);
    }

    private static Instant instant(String text, String where) {
        try {
            return Instant.parse(text);
        } catch (DateTimeParseException e) {
            throw new PlanException("%s: '%s' is not an instant such as 2026-01-01T00:00:00Z".formatted(where, text));
        }
    }
}
