package countinghouse.billing.export;

import static java.nio.charset.StandardCharsets.UTF_8;

import countinghouse.billing.Billing;
import countinghouse.billing.api.DocumentView;
import countinghouse.billing.invoice.Document;
import countinghouse.kit.http.Json;
import java.util.List;
import java.util.Map;

/** Writes documents in the forms that others read. */
public final class DocumentExports {
    private final Billing billing;
    private final Issuer issuer;

    public DocumentExports(Billing billing, Issuer issuer) {
        this.billing = billing;
        this.issuer = issuer;
    }

    /** One document as a file. */
    public byte[] write(ExportFormat format, Document document) {
        return format == ExportFormat.PDF
                ? PdfDocument.write(exported(document), issuer)
                : write(format, List.of(document));
    }

    /**
     * Documents as one file.
     *
     * @throws IllegalArgumentException for PDF, of which each file has one document
     */
    public byte[] write(ExportFormat format, List<Document> documents) {
        List<ExportedDocument> exported = documents.stream().map(this::exported).toList();
        String text =
                switch (format) {
                    case PDF -> throw new IllegalArgumentException("A PDF has one document");
                    case CSV -> CsvDocuments.write(exported);
                    case FOCUS -> FocusDocuments.write(exported, issuer);
                    case JSON ->
                        Json.text(Map.of(
                                "data",
                                documents.stream().map(DocumentView::full).toList()));
                };
        return text.getBytes(UTF_8);
    }

    private ExportedDocument exported(Document document) {
        return new ExportedDocument(document, billing.requireAccount(document.account()));
    }
}
