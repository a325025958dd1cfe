package countinghouse.billing.invoice;

import countinghouse.billing.TimeRange;
import countinghouse.billing.ledger.CanonicalJson;
import countinghouse.billing.plan.DocumentKind;
import java.util.HexFormat;
import java.util.Map;

/** Ids that two runs at once agree on. */
final class DocumentId {
    private static final int BYTES = 12;

    private DocumentId() {}

    static String of(String account, DocumentKind kind, TimeRange range, int sequence, long voided) {
        byte[] hash = CanonicalJson.sha256(CanonicalJson.text(Map.of(
                "account", account,
                "kind", kind.label(),
                "range", range.toString(),
                "sequence", sequence,
                "voided", voided)));
        return (kind == DocumentKind.INVOICE ? "inv_" : "pay_") + HexFormat.of().formatHex(hash, 0, BYTES);
    }
}
