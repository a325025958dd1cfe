package countinghouse.billing.export;

import countinghouse.billing.invoice.Document;
import countinghouse.billing.invoice.DocumentLine;
import countinghouse.billing.invoice.LineContent;
import countinghouse.billing.invoice.MeteredEvidence;
import countinghouse.billing.ledger.CanonicalJson;
import countinghouse.billing.rating.Detail;
import countinghouse.metering.row.Decimals;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Documents in the columns of FOCUS 1.2 (FinOps Open Cost and Usage Specification), one charge per line. What FOCUS leaves empty for a charge is empty;
 * where a document goes back to, and its evidence, is in Tags.
 */
final class FocusDocuments {
    private static final String VERSION = "1.2";
    private static final String DISCOUNT = "percentage-discount";
    private static final List<String> HEADER = List.of(
            "BilledCost",
            "BillingAccountId",
            "BillingAccountName",
            "BillingAccountType",
            "BillingCurrency",
            "BillingPeriodStart",
            "BillingPeriodEnd",
            "ChargeCategory",
            "ChargeClass",
            "ChargeDescription",
            "ChargeFrequency",
            "ChargePeriodStart",
            "ChargePeriodEnd",
            "ConsumedQuantity",
            "ConsumedUnit",
            "ContractedCost",
            "EffectiveCost",
            "InvoiceId",
            "InvoiceIssuerName",
            "ListCost",
            "PricingCategory",
            "PricingQuantity",
            "PricingUnit",
            "ProviderName",
            "PublisherName",
            "ServiceCategory",
            "ServiceName",
            "ServiceSubcategory",
            "SkuId",
            "SkuMeter",
            "SkuPriceId",
            "Tags",
            "x_FocusVersion");

    private FocusDocuments() {}

    static String write(List<ExportedDocument> documents, Issuer issuer) {
        CsvTable table = new CsvTable(HEADER);
        documents.forEach(
                exported -> exported.document().lines().forEach(line -> table.row(row(exported, line, issuer))));
        return table.toString();
    }

    private static List<String> row(ExportedDocument exported, DocumentLine line, Issuer issuer) {
        Document document = exported.document();
        LineContent content = line.content();
        Optional<MeteredEvidence> metered = content.metered();
        String amount = line.amount().toPlainString();
        String quantity = metered.map(usage -> Decimals.text(usage.quantity())).orElse("");
        String unit = metered.map(FocusDocuments::unit).orElse("");
        return List.of(
                amount,
                CsvTable.foreign(document.account()),
                CsvTable.foreign(exported.recipient().name()),
                "Account",
                document.currency(),
                time(document.range().from()),
                time(document.range().to()),
                metered.isPresent() ? "Usage" : "Purchase",
                document.sequence() > 0 ? "Correction" : "",
                CsvTable.foreign(content.description()),
                metered.isPresent() ? "Usage-Based" : "Recurring",
                time(content.range().from()),
                time(content.range().to()),
                quantity,
                unit,
                amount,
                amount,
                document.id(),
                CsvTable.foreign(issuer.name()),
                listCost(line).toPlainString(),
                "Standard",
                metered.isPresent() ? quantity : "1",
                metered.isPresent() ? unit : "Months",
                CsvTable.foreign(issuer.name()),
                CsvTable.foreign(issuer.name()),
                "Other",
                metered.map(MeteredEvidence::meter).orElse("subscription"),
                "Other (Other)",
                sku(content),
                metered.map(MeteredEvidence::meter).orElse("subscription"),
                sku(content),
                tags(document, line),
                VERSION);
    }

    /** The same in every version of a plan, and for every account that agreed other prices. */
    private static String sku(LineContent content) {
        String plan = content.plan();
        int version = plan.indexOf('@');
        return "%s/%s".formatted(version < 0 ? plan : plan.substring(0, version), content.item());
    }

    /** The amount before discounts. A corrected line has no list price of its own. */
    private static BigDecimal listCost(DocumentLine line) {
        BigDecimal discount = line.content().details().stream()
                .filter(detail -> detail.reference().startsWith(DISCOUNT))
                .map(Detail::amount)
                .reduce(BigDecimal.ZERO, BigDecimal::add);
        return discount.signum() == 0 || line.amount().signum() < 0
                ? line.amount()
                : new BigDecimal(Decimals.text(line.amount().subtract(discount)));
    }

    private static String tags(Document document, DocumentLine line) {
        return CanonicalJson.text(Map.of(
                "generation", document.generation(),
                "line", line.n(),
                "plan", "%s@%d".formatted(line.content().plan(), line.content().planVersion()),
                "sequence", document.sequence(),
                "status", document.status().label()));
    }

    private static String unit(MeteredEvidence usage) {
        return usage.meter().endsWith("seconds") ? "Seconds" : "Count";
    }

    private static String time(Instant instant) {
        return instant.toString();
    }
}
