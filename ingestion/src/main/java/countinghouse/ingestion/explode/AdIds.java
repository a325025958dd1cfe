package countinghouse.ingestion.explode;

import countinghouse.metering.identity.Identity;
import java.util.HexFormat;

/**
 * Ids of ads that were shown within a view (ADR 0040). They depend on the view's account and id and the ad's own id alone, so
 * a view that is sent again brings the same ads again, and an ad listed twice in one view is one ad.
 */
final class AdIds {
    private static final String PREFIX = "ad-";

    private AdIds() {}

    /** The id of an ad's event; its source is the view's. */
    static String of(String payee, String source, String viewId, String adId) {
        return PREFIX
                + HexFormat.of()
                        .formatHex(Identity.of(payee, source, viewId, adId).toBytes());
    }
}
