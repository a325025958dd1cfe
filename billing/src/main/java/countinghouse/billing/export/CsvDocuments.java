package countinghouse.billing.export;

import countinghouse.billing.invoice.Document;
import countinghouse.billing.invoice.DocumentLine;
import countinghouse.billing.invoice.LineContent;
import countinghouse.billing.invoice.MeteredEvidence;
import countinghouse.metering.row.Decimals;
import java.util.List;
import java.util.Optional;

/** Documents as CSV: one row per line, with its evidence. */
final class CsvDocuments {
    private static final List<String> HEADER = List.of(
            "document",
            "kind",
            "status",
            "account",
            "account_name",
            "period",
            "sequence",
            "currency",
            "document_total",
            "line",
            "item",
            "description",
            "from",
            "to",
            "meter",
            "quantity",
            "events",
            "amount",
            "plan",
            "plan_version",
            "generation",
            "fingerprint",
            "list_digest");

    private CsvDocuments() {}

    static String write(List<ExportedDocument> documents) {
        CsvTable table = new CsvTable(HEADER);
        documents.forEach(exported -> exported.document().lines().forEach(line -> table.row(row(exported, line))));
        return table.toString();
    }

    private static List<String> row(ExportedDocument exported, DocumentLine line) {
        Document document = exported.document();
        LineContent content = line.content();
        Optional<MeteredEvidence> metered = content.metered();
        return List.of(
                document.id(),
                document.kind().label(),
                document.status().label(),
                CsvTable.foreign(document.account()),
                CsvTable.foreign(exported.recipient().name()),
                document.period(),
                Integer.toString(document.sequence()),
                document.currency(),
                document.total().toPlainString(),
                Integer.toString(line.n()),
                content.item(),
                CsvTable.foreign(content.description()),
                content.range().from().toString(),
                content.range().to().toString(),
                metered.map(MeteredEvidence::meter).orElse(""),
                metered.map(usage -> Decimals.text(usage.quantity())).orElse(""),
                metered.map(usage -> Long.toString(usage.n())).orElse(""),
                line.amount().toPlainString(),
                CsvTable.foreign(content.plan()),
                Integer.toString(content.planVersion()),
                Long.toString(document.generation()),
                metered.map(usage -> usage.fingerprint().toHex()).orElse(""),
                line.listDigest().orElse(""));
    }
}
