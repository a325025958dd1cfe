package countinghouse.billing.ledger;

import java.util.HexFormat;

/**
 * The newest entry.
 *
 * @param number 0 if there is none
 * @param hash of the newest entry, the root of the whole chain; zeros if there is none
 */
public record LedgerHead(long number, byte[] hash) {
    public String root() {
        return HexFormat.of().formatHex(hash);
    }
}
