package countinghouse.billing.api;

import countinghouse.billing.invoice.CreditNote;
import countinghouse.billing.invoice.Document;
import countinghouse.billing.invoice.DocumentLine;
import countinghouse.billing.invoice.LineJson;
import countinghouse.billing.ledger.LedgerHead;
import countinghouse.billing.verify.LineVerdict;
import countinghouse.billing.verify.RawEvent;
import countinghouse.metering.row.Decimals;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;

/** Documents as the API and the commands show them. */
public final class DocumentView {
    private DocumentView() {}

    /** A document without its lines. */
    public static Map<String, Object> summary(Document document) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("id", document.id());
        json.put("account", document.account());
        json.put("kind", document.kind().label());
        json.put("status", document.status().label());
        json.put("period", document.period());
        json.put("from", document.range().from());
        json.put("to", document.range().to());
        json.put("sequence", document.sequence());
        json.put("currency", document.currency());
        json.put("total", document.total().toPlainString());
        json.put("generation", document.generation());
        json.put("runId", document.runId());
        json.put("digest", HexFormat.of().formatHex(document.digest()));
        json.put("createdAt", document.createdAt());
        json.put("lineCount", document.lines().size());
        return json;
    }

    /** A document with its lines and their evidence. */
    public static Map<String, Object> full(Document document) {
        Map<String, Object> json = summary(document);
        json.put("lines", document.lines().stream().map(DocumentView::line).toList());
        return json;
    }

    /** The root of the audit ledger that vouches for a document and for everything before it. */
    public static Map<String, Object> root(LedgerHead root) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("number", root.number());
        json.put("root", root.root());
        return json;
    }

    /** A credit note. */
    public static Map<String, Object> creditNote(CreditNote note) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("id", note.id());
        json.put("document", note.document());
        json.put("number", note.number());
        note.line().ifPresent(line -> json.put("line", line));
        json.put("amount", note.amount().toPlainString());
        json.put("currency", note.currency());
        json.put("reason", note.reason());
        json.put("createdAt", note.createdAt());
        json.put("createdBy", note.createdBy());
        return json;
    }

    static Map<String, Object> verdict(LineVerdict verdict) {
        return Map.of(
                "document", verdict.document(),
                "line", verdict.n(),
                "ok", verdict.ok(),
                "message", verdict.message(),
                "checks",
                        verdict.checks().stream()
                                .map(check -> Map.of(
                                        "what", check.what(),
                                        "expected", check.expected(),
                                        "actual", check.actual(),
                                        "ok", check.ok()))
                                .toList());
    }

    /** An event behind a line, and what it adds to it. */
    static Map<String, Object> rawEvent(RawEvent event) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("topic", event.topic());
        json.put("partition", event.partition());
        json.put("offset", event.offset());
        json.put("appendTime", event.appendTime());
        json.put("occurredAt", event.occurredAt());
        json.put("id", event.id());
        json.put("source", event.source());
        json.put("account", event.account());
        json.put("value", Decimals.text(event.value()));
        return json;
    }

    private static Map<String, Object> line(DocumentLine line) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("n", line.n());
        json.put("amount", line.amount().toPlainString());
        json.putAll(LineJson.write(line.content()));
        line.listDigest().ifPresent(digest -> json.put("listDigest", digest));
        return json;
    }
}
