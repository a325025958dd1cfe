package countinghouse.billing.api;

import countinghouse.billing.Billing;
import countinghouse.billing.BillingError;
import countinghouse.billing.BillingException;
import countinghouse.billing.BillingPeriod;
import countinghouse.billing.invoice.Document;
import countinghouse.billing.invoice.DocumentFilter;
import countinghouse.billing.plan.DocumentKind;
import countinghouse.billing.verify.RawEventPage;
import countinghouse.kit.access.Principal;
import io.vertx.ext.web.RoutingContext;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** Invoices and pay-out statements, and what is behind their lines. */
final class DocumentHandlers implements ApiPart {
    private final Billing billing;

    DocumentHandlers(Billing billing) {
        this.billing = billing;
    }

    @Override
    public void mount(Routes routes) {
        for (String collection : List.of("invoices", "payouts")) {
            String base = "/" + collection;
            routes.get(base, Audience.READERS, list(collection));
            routes.get(base + "/:id", Audience.READERS, get(collection));
            routes.get(base + "/:id/lines/:n/verify", Audience.READERS, verify(collection));
            routes.get(base + "/:id/lines/:n/events", Audience.READERS, events(collection));
        }
    }

    private Function<RoutingContext, Map<String, ?>> list(String collection) {
        return context -> {
            Parameters parameters = new Parameters(context);
            Principal principal = Principal.of(context);
            Optional<String> account = parameters.text("account");
            account.ifPresent(principal::requireMaySee);
            int limit = parameters.limit();
            DocumentFilter filter = new DocumentFilter(
                    kind(collection),
                    account,
                    principal.seesEverything() ? Optional.empty() : Optional.of(principal.accounts()),
                    parameters.text("period").map(text -> BillingPeriod.parse(text)
                            .label()),
                    Optional.empty());
            List<Document> found = billing.documents().page(filter, parameters.cursor(), limit + 1);
            return Page.of(found, limit, DocumentView::summary, Document::id);
        };
    }

    private Function<RoutingContext, Map<String, ?>> get(String collection) {
        return context -> {
            Document document = visible(collection, context);
            Map<String, Object> json = DocumentView.full(document);
            billing.ledgerReader()
                    .rootOf(document.subject())
                    .ifPresent(root -> json.put("auditRoot", DocumentView.root(root)));
            return json;
        };
    }

    private Function<RoutingContext, Map<String, ?>> verify(String collection) {
        return context -> DocumentView.verdict(
                billing.verifier().verify(visible(collection, context).id(), line(context)));
    }

    private Function<RoutingContext, Map<String, ?>> events(String collection) {
        return context -> {
            Parameters parameters = new Parameters(context);
            RawEventPage page = billing.verifier()
                    .events(visible(collection, context).id(), line(context), parameters.cursor(), parameters.limit());
            Map<String, Object> json = new LinkedHashMap<>();
            json.put("data", page.events().stream().map(DocumentView::rawEvent).toList());
            page.next().ifPresent(next -> json.put("nextCursor", Parameters.cursor(next)));
            return json;
        };
    }

    /** What belongs to others answers like what does not exist. */
    private Document visible(String collection, RoutingContext context) {
        String id = context.pathParam("id");
        Document document = billing.documents().get(id);
        if (document.kind() != kind(collection) || !Principal.of(context).maySee(document.account())) {
            throw new BillingException(
                    BillingError.UNKNOWN_DOCUMENT, "There is no invoice or pay-out '%s'".formatted(id));
        }
        return document;
    }

    private static int line(RoutingContext context) {
        return Parameters.number(context.pathParam("n"));
    }

    private static DocumentKind kind(String collection) {
        return collection.equals("invoices") ? DocumentKind.INVOICE : DocumentKind.PAYOUT;
    }
}
