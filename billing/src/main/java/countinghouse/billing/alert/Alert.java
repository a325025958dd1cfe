package countinghouse.billing.alert;

import countinghouse.billing.ledger.CanonicalJson;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Something an account should know before its invoice does.
 *
 * @param id follows from account, period, subject and threshold, so that receivers recognise a repetition
 * @param account whom it concerns
 * @param period label: a billing period's range, or a quota day
 * @param subject a meter, or {@code daily_quota}
 * @param threshold percent that was reached
 * @param payload the JSON that is delivered, the same bytes at every attempt
 * @param raisedAt when
 */
public record Alert(
        String id, String account, String period, String subject, int threshold, String payload, Instant raisedAt) {
    private static final int ID_BYTES = 12;

    /**
     * An alert about a share of something limited.
     *
     * @param used of it
     * @param limit all of it
     */
    static Alert of(
            String account,
            String period,
            String subject,
            int threshold,
            BigDecimal used,
            BigDecimal limit,
            Instant raisedAt) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("account", account);
        json.put("period", period);
        json.put("subject", subject);
        json.put("threshold", threshold);
        byte[] identity = CanonicalJson.sha256(CanonicalJson.text(json));
        String id = "alert_" + HexFormat.of().formatHex(identity, 0, ID_BYTES);
        json.put("id", id);
        json.put("type", "usage.threshold");
        json.put("used", used.stripTrailingZeros().toPlainString());
        json.put("limit", limit.stripTrailingZeros().toPlainString());
        json.put("status", "estimate");
        json.put("raisedAt", raisedAt.toString());
        return new Alert(id, account, period, subject, threshold, CanonicalJson.text(json), raisedAt);
    }
}
