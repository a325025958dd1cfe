package countinghouse.billing.invoice;

import countinghouse.billing.ledger.CanonicalJson;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * What is given back of a document that stands; the document itself is never edited.
 *
 * @param id follows from the document and the number
 * @param document that it belongs to
 * @param number from 1 within the document
 * @param line of the document; empty if it concerns the whole
 * @param amount above 0, at the currency's scale
 * @param currency of the document
 * @param reason for people
 * @param createdAt when
 * @param createdBy who
 */
public record CreditNote(
        String id,
        String document,
        int number,
        Optional<Integer> line,
        BigDecimal amount,
        String currency,
        String reason,
        Instant createdAt,
        String createdBy) {
    /** Everything in the form that is hashed. */
    public String canonical() {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("id", id);
        json.put("document", document);
        json.put("number", number);
        line.ifPresent(n -> json.put("line", n));
        json.put("amount", amount.toPlainString());
        json.put("currency", currency);
        json.put("reason", reason);
        json.put("createdAt", createdAt.toString());
        json.put("createdBy", createdBy);
        return CanonicalJson.text(json);
    }

    byte[] digest() {
        return CanonicalJson.sha256(canonical());
    }
}
