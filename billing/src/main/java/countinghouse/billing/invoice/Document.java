package countinghouse.billing.invoice;

import countinghouse.billing.TimeRange;
import countinghouse.billing.ledger.CanonicalJson;
import countinghouse.billing.plan.DocumentKind;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * An invoice or a pay-out statement.
 *
 * @param id follows from account, kind, range, sequence and the number of void documents before it
 * @param account who owes it, or is owed it
 * @param kind invoice or pay-out
 * @param period label of the billing period
 * @param range event time that it covers
 * @param sequence 0 for the first document of the period, then one per adjustment
 * @param status of its life
 * @param currency code of every amount
 * @param total sum of the lines
 * @param generation closed generation that its usage comes from
 * @param runId which run made it; provenance, not identity
 * @param digest SHA-256 of {@link #canonical} as it was when the document was made
 * @param createdAt when
 * @param lines in order
 */
public record Document(
        String id,
        String account,
        DocumentKind kind,
        String period,
        TimeRange range,
        int sequence,
        DocumentStatus status,
        String currency,
        BigDecimal total,
        long generation,
        String runId,
        byte[] digest,
        Instant createdAt,
        List<DocumentLine> lines) {
    /** Everything that may never change, in the form that is hashed. The status is not part of it: the ledger records its changes. */
    public String canonical() {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("id", id);
        json.put("account", account);
        json.put("kind", kind.label());
        json.put("period", period);
        json.put("from", range.from().toString());
        json.put("to", range.to().toString());
        json.put("sequence", sequence);
        json.put("currency", currency);
        json.put("total", total.toPlainString());
        json.put("generation", generation);
        json.put("runId", runId);
        json.put("createdAt", createdAt.toString());
        json.put("lines", lines.stream().map(Document::canonical).toList());
        return CanonicalJson.text(json);
    }

    /** The digest of the document as it is now. */
    public byte[] computedDigest() {
        return CanonicalJson.sha256(canonical());
    }

    /** The document's name in the ledger. */
    public String subject() {
        return kind.label() + ":" + id;
    }

    Document withDigest() {
        return copy(computedDigest(), lines);
    }

    Document withLines(List<DocumentLine> found) {
        return copy(digest, found);
    }

    private Document copy(byte[] newDigest, List<DocumentLine> newLines) {
        return new Document(
                id,
                account,
                kind,
                period,
                range,
                sequence,
                status,
                currency,
                total,
                generation,
                runId,
                newDigest,
                createdAt,
                newLines);
    }

    private static Map<String, Object> canonical(DocumentLine line) {
        return Map.of(
                "n", line.n(), "amount", line.amount().toPlainString(), "content", LineJson.write(line.content()));
    }
}
