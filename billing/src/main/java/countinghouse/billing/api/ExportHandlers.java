package countinghouse.billing.api;

import countinghouse.billing.Billing;
import countinghouse.billing.BillingError;
import countinghouse.billing.BillingException;
import countinghouse.billing.export.DocumentExports;
import countinghouse.billing.export.ExportFormat;
import countinghouse.billing.invoice.Document;
import countinghouse.billing.plan.DocumentKind;
import countinghouse.kit.access.Principal;
import io.vertx.ext.web.RoutingContext;
import java.util.function.Function;

/** Documents as files, for whoever asks for one by {@code Accept}; JSON is left to {@link DocumentHandlers}. */
final class ExportHandlers implements ApiPart {
    private final Billing billing;
    private final DocumentExports exports;

    ExportHandlers(Billing billing, DocumentExports exports) {
        this.billing = billing;
        this.exports = exports;
    }

    @Override
    public void mount(Routes routes) {
        routes.downloadIf(ExportHandlers::isFile, "/invoices/:id", Audience.READERS, export(DocumentKind.INVOICE));
        routes.downloadIf(ExportHandlers::isFile, "/payouts/:id", Audience.READERS, export(DocumentKind.PAYOUT));
    }

    private Function<RoutingContext, Content> export(DocumentKind kind) {
        return context -> {
            String id = context.pathParam("id");
            Document document = billing.documents().get(id);
            if (document.kind() != kind || !Principal.of(context).maySee(document.account())) {
                throw new BillingException(
                        BillingError.UNKNOWN_DOCUMENT, "There is no invoice or pay-out '%s'".formatted(id));
            }
            ExportFormat format = format(context);
            return new Content(format.contentType(), id + "." + format.extension(), exports.write(format, document));
        };
    }

    private static boolean isFile(RoutingContext context) {
        return format(context) != ExportFormat.JSON;
    }

    private static ExportFormat format(RoutingContext context) {
        return ExportFormat.accepted(context.request().getHeader("Accept"));
    }
}
