package countinghouse.ingestion.source;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/** How a simulated view comes about, and with it whether it may be billed. */
enum ViewKind {
    WATCHED(0.80, null),
    TOO_SHORT(0.06, "too-short"),
    NOT_STARTED(0.01, "autoplay-not-started"),
    DECLARED_BOT(0.06, "ua-list"),
    TOOL(0.02, "ua-nonbrowser"),
    PREFETCH(0.03, "prefetch"),
    DATACENTRE(0.02, "ip-datacentre");

    private static final int BILLABLE_SECONDS = 30;
    private static final List<String> BROWSERS = List.of(
            "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/141.0.0.0 Safari/537.36",
            "Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.0 Mobile/15E148 Safari/604.1",
            "Mozilla/5.0 (X11; Linux x86_64; rv:143.0) Gecko/20100101 Firefox/143.0",
            "Mozilla/5.0 (SMART-TV; Linux; Tizen 7.0) AppleWebKit/537.36 (KHTML, like Gecko) Version/7.0 TV Safari/537.36");
    private static final List<String> BOTS = List.of(
            "Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)",
            "Mozilla/5.0 (compatible; bingbot/2.0; +http://www.bing.com/bingbot.htm)");
    private static final List<String> TOOLS = List.of("curl/8.5.0", "python-requests/2.32.3");
    /** The pseudonym of a network says nothing about it; any 32 digits will do. */
    private static final String DATACENTRE_NETWORK = "datacentre:0123456789abcdef0123456789abcdef";

    private final double share;
    private final String reason;

    ViewKind(double share, String reason) {
        this.share = share;
        this.reason = reason;
    }

    static ViewKind draw(Draw draw) {
        double left = draw.fraction();
        for (ViewKind kind : values()) {
            left -= kind.share;
            if (left < 0) {
                return kind;
            }
        }
        return WATCHED;
    }

    /** Why it may not be billed; empty if it may. */
    Optional<String> exclusionReason() {
        return Optional.ofNullable(reason);
    }

    String userAgent(Draw draw) {
        return switch (this) {
            case DECLARED_BOT -> draw.pick(BOTS);
            case TOOL -> draw.pick(TOOLS);
            default -> draw.pick(BROWSERS);
        };
    }

    /** Seconds watched; null if the player does not tell. */
    Integer watchedSeconds(Draw draw, int length) {
        int billable = Math.min(BILLABLE_SECONDS, length);
        return switch (this) {
            case WATCHED -> draw.chance(0.05) ? null : Integer.valueOf(draw.between(billable, length));
            case PREFETCH -> null;
            case TOO_SHORT -> draw.between(1, billable - 1);
            case NOT_STARTED -> 0;
            default -> draw.between(1, length);
        };
    }

    void decorate(Map<String, Object> data) {
        if (this == PREFETCH) {
            data.put("prefetch", true);
        } else if (this == DATACENTRE) {
            data.put("client_network", DATACENTRE_NETWORK);
        }
    }
}
