package countinghouse.billing.api;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import countinghouse.billing.Billing;
import countinghouse.billing.BillingError;
import countinghouse.billing.BillingException;
import countinghouse.billing.invoice.CreditRequest;
import countinghouse.billing.invoice.Document;
import countinghouse.billing.invoice.DocumentStatus;
import countinghouse.billing.plan.DocumentKind;
import countinghouse.billing.plan.Fields;
import countinghouse.billing.plan.PlanException;
import countinghouse.kit.access.Principal;
import countinghouse.kit.http.Json;
import io.vertx.ext.web.RoutingContext;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Supplier;

/** What people do with documents: pay, void, credit. Each change names its actor in the audit ledger. */
final class LifeCycleHandlers implements ApiPart {
    private final Billing billing;

    LifeCycleHandlers(Billing billing) {
        this.billing = billing;
    }

    @Override
    public void mount(Routes routes) {
        for (DocumentKind kind : DocumentKind.values()) {
            String one = "/%ss/:id".formatted(kind.label());
            routes.post(one + "/pay", Audience.BOOKKEEPERS, KeyPolicy.OPTIONAL, move(kind, DocumentStatus.PAID));
            routes.post(one + "/void", Audience.BOOKKEEPERS, KeyPolicy.OPTIONAL, move(kind, DocumentStatus.VOID));
            routes.post(one + "/credit-notes", Audience.BOOKKEEPERS, KeyPolicy.REQUIRED, credit(kind));
            routes.get(one + "/credit-notes", Audience.READERS, credits(kind));
        }
    }

    private Function<RoutingContext, Map<String, ?>> move(DocumentKind kind, DocumentStatus to) {
        return context -> {
            Document document = visible(kind, context);
            Fields body = body(context, "The change");
            String reason = checked(() -> body.optionalText("reason").orElse(""));
            finish(body);
            if (to == DocumentStatus.VOID && reason.isBlank()) {
                throw Parameters.invalid("Say why the %s becomes void: a 'reason'".formatted(kind.label()));
            }
            return DocumentView.summary(billing.statusChanges().move(document.id(), to, reason, actor(context)));
        };
    }

    private Function<RoutingContext, Map<String, ?>> credit(DocumentKind kind) {
        return context -> {
            Document document = visible(kind, context);
            Fields body = body(context, "The credit note");
            CreditRequest request = checked(() -> new CreditRequest(
                    document.id(),
                    body.find("line").map(present -> body.integer("line")),
                    body.decimal("amount"),
                    body.text("reason")));
            finish(body);
            return DocumentView.creditNote(billing.creditNotes().create(request, actor(context)));
        };
    }

    private Function<RoutingContext, Map<String, ?>> credits(DocumentKind kind) {
        return context -> Map.of(
                "data",
                billing.creditNotes().of(visible(kind, context).id()).stream()
                        .map(DocumentView::creditNote)
                        .toList());
    }

    private Document visible(DocumentKind kind, RoutingContext context) {
        String id = context.pathParam("id");
        Document document = billing.documents().get(id);
        if (document.kind() != kind || !Principal.of(context).maySee(document.account())) {
            throw new BillingException(
                    BillingError.UNKNOWN_DOCUMENT, "There is no invoice or pay-out '%s'".formatted(id));
        }
        return document;
    }

    private static Fields body(RoutingContext context, String where) {
        String text = context.body().asString();
        try {
            JsonNode json = Json.mapper().readTree(text == null || text.isBlank() ? "{}" : text);
            return checked(() -> new Fields(json, where));
        } catch (JsonProcessingException e) {
            throw Parameters.invalid("The body is not JSON: " + e.getOriginalMessage());
        }
    }

    private static void finish(Fields body) {
        checked(() -> {
            body.finish();
            return List.of();
        });
    }

    private static <T> T checked(Supplier<T> reading) {
        try {
            return reading.get();
        } catch (PlanException e) {
            throw Parameters.invalid(e.getMessage());
        }
    }

    private static String actor(RoutingContext context) {
        return "user:" + Principal.of(context).name();
    }
}
