package countinghouse.billing.api;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.node.ObjectNode;
import countinghouse.billing.Billing;
import countinghouse.billing.ledger.LedgerReader;
import countinghouse.billing.ledger.LedgerVerdict;
import countinghouse.kit.http.Json;
import io.vertx.ext.web.RoutingContext;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The audit ledger. */
final class AuditHandlers implements ApiPart {
    private final Billing billing;

    AuditHandlers(Billing billing) {
        this.billing = billing;
    }

    @Override
    public void mount(Routes routes) {
        routes.get("/audit", Audience.STAFF, this::list);
        routes.get("/audit/verify", Audience.STAFF, this::verify);
    }

    private Map<String, ?> list(RoutingContext context) {
        Parameters parameters = new Parameters(context);
        int limit = parameters.limit();
        String cursor = parameters.cursor();
        List<LedgerReader.Entry> found =
                billing.ledgerReader().page(cursor.isEmpty() ? 0 : Parameters.number(cursor), limit + 1);
        return Page.of(found, limit, AuditHandlers::view, entry -> Long.toString(entry.number()));
    }

    private Map<String, ?> verify(RoutingContext context) {
        LedgerVerdict verdict = billing.ledgerVerifier().verify(new Parameters(context).text("root"));
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("ok", verdict.ok());
        json.put("entries", verdict.entries());
        json.put("root", verdict.root());
        verdict.firstBroken().ifPresent(number -> json.put("firstBroken", number));
        verdict.problem().ifPresent(problem -> json.put("problem", problem));
        return json;
    }

    private static ObjectNode view(LedgerReader.Entry entry) {
        try {
            return Json.mapper().readValue(entry.text(), ObjectNode.class).put("hash", entry.hash());
        } catch (JsonProcessingException e) {
            return Json.mapper()
                    .createObjectNode()
                    .put("number", entry.number())
                    .put("broken", "its text is not JSON")
                    .put("hash", entry.hash());
        }
    }
}
