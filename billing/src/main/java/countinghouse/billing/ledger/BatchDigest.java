package countinghouse.billing.ledger;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;

/** SHA-256 over the items of an entry in order: per item its subject in UTF-8, a zero byte and its digest. */
final class BatchDigest {
    private BatchDigest() {}

    static String of(List<LedgerItem> items) {
        MessageDigest sha256 = CanonicalJson.newSha256();
        for (LedgerItem item : items) {
            sha256.update(item.subject().getBytes(StandardCharsets.UTF_8));
            sha256.update((byte) 0);
            sha256.update(item.digest());
        }
        return HexFormat.of().formatHex(sha256.digest());
    }
}
