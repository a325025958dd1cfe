package countinghouse.ingestion.explode;

import countinghouse.schemas.event.AdEvent;
import countinghouse.schemas.event.ViewEvent;
import java.math.BigDecimal;

/** Turns the ads of a view's {@code ad_views[]} into events of their own: the account is the advertiser, the payee the view's account. */
public final class AdExplosion {
    /** At most this many ads in one view. */
    public static final int MAX_ADS = 50;

    private AdExplosion() {}

    /**
     * The event of one ad shown within a view, at the view's time.
     *
     * @param revenue price of the impression in major currency units, null if unknown
     * @param completed null if unknown
     */
    public static AdEvent adEvent(
            ViewEvent view, String adId, String advertiser, BigDecimal revenue, Boolean completed) {
        return AdEvent.newBuilder()
                .setId(AdIds.of(view.getAccount(), view.getSource(), view.getId(), adId))
                .setSource(view.getSource())
                .setAccount(advertiser)
                .setOccurredAtMs(view.getOccurredAtMs())
                .setOccurredAtStamped(view.getOccurredAtStamped())
                .setAdId(adId)
                .setVideoId(view.getVideoId())
                .setPayee(view.getAccount())
                .setRevenue(revenue)
                .setCompleted(completed)
                .build();
    }
}
