package countinghouse.billing.api;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.node.ObjectNode;
import countinghouse.billing.Billing;
import countinghouse.billing.BillingException;
import countinghouse.billing.ledger.LedgerHead;
import countinghouse.billing.ledger.LedgerReader;
import countinghouse.billing.ledger.LedgerVerdict;
import countinghouse.billing.ledger.RootTopic;
import countinghouse.kit.http.Json;
import io.vertx.ext.web.RoutingContext;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** The audit ledger. */
final class AuditHandlers implements ApiPart {
    private static final String NEWEST = "newest";

    private final Billing billing;
    private final Optional<RootTopic> rootTopic;
    /** What this process found when it was last asked; nothing is claimed about other processes. */
    private volatile Map<String, Object> lastVerification;

    AuditHandlers(Billing billing, Optional<RootTopic> rootTopic) {
        this.billing = billing;
        this.rootTopic = rootTopic;
    }

    @Override
    public void mount(Routes routes) {
        routes.get("/audit", Audience.STAFF, this::list);
        routes.get("/audit/status", Audience.STAFF, this::status);
        routes.get("/audit/verify", Audience.STAFF, this::verify);
    }

    private Map<String, ?> list(RoutingContext context) {
        Parameters parameters = new Parameters(context);
        int limit = parameters.limit();
        String cursor = parameters.cursor();
        long from = cursor.isEmpty() ? 0 : Parameters.number(cursor);
        boolean newestFirst = parameters.text("order").filter(NEWEST::equals).isPresent();
        List<LedgerReader.Entry> found = newestFirst
                ? billing.ledgerReader().pageBack(cursor.isEmpty() ? Long.MAX_VALUE : from, limit + 1)
                : billing.ledgerReader().page(from, limit + 1);
        return Page.of(found, limit, AuditHandlers::view, entry -> Long.toString(entry.number()));
    }

    private Map<String, ?> status(RoutingContext context) {
        LedgerHead head = billing.ledgerReader().head();
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("entries", head.number());
        json.put("root", head.root());
        putAnchor(json);
        Map<String, Object> last = lastVerification;
        if (last != null) {
            json.put("lastVerification", last);
        }
        return json;
    }

    /** A Kafka that is down says nothing of the ledger, which the database answers for. */
    private void putAnchor(Map<String, Object> json) {
        try {
            rootTopic
                    .flatMap(RootTopic::latest)
                    .ifPresent(root -> json.put("anchored", Map.of("number", root.number(), "root", root.root())));
        } catch (BillingException e) {
            json.put("anchorUnknown", e.getMessage());
        }
    }

    private Map<String, ?> verify(RoutingContext context) {
        Optional<String> root = new Parameters(context).text("root").map(text -> text.toLowerCase(Locale.ROOT));
        LedgerVerdict verdict = billing.ledgerVerifier().verify(root);
        // A caller may have noted a root wrongly: what everybody sees tells of the chain, and of the root that is
        // published.
        boolean concernsAll = verdict.ok() || root.isEmpty() || isPublished(root.get());
        note(concernsAll ? verdict : billing.ledgerVerifier().verify(Optional.empty()));
        return json(verdict);
    }

    private boolean isPublished(String root) {
        try {
            return rootTopic
                    .flatMap(RootTopic::latest)
                    .filter(latest -> latest.root().equals(root))
                    .isPresent();
        } catch (BillingException e) {
            return false;
        }
    }

    private void note(LedgerVerdict verdict) {
        Map<String, Object> noted = json(verdict);
        noted.put("at", billing.clock().instant());
        lastVerification = noted;
    }

    private static Map<String, Object> json(LedgerVerdict verdict) {
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
