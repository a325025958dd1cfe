package countinghouse.metering.rules;

import countinghouse.metering.event.Properties;
import java.util.Optional;

/**
 * Whether a view is billable, by rules that need only the event (anchors.md 2.3). The first matching rule is the reason:
 *
 * <ol>
 *   <li>{@code prefetch}: loaded ahead of a playback;
 *   <li>{@code ua-list}: the user agent names itself a robot;
 *   <li>{@code ua-nonbrowser}: the user agent is a library or a tool;
 *   <li>{@code ip-datacentre}: the client's network is of the class {@code datacentre};
 *   <li>{@code too-short}: watched less than 30 s, or than the whole video if that is shorter. An absent duration is not short.
 * </ol>
 */
public final class ViewRules {
    /** CloudEvents type of views. */
    public static final String VIEW = "video.view";
    /** Version of the rules themselves; the lists have their own. */
    public static final int VERSION = 1;

    private static final int USER_AGENT_LISTS = 1;
    private static final int BILLABLE_SECONDS = 30;
    private static final String DATACENTRE_CLASS = "datacentre";

    private final UserAgents userAgents;

    private ViewRules(UserAgents userAgents) {
        this.userAgents = userAgents;
    }

    /** The rules with the lists that ship with this build. */
    public static ViewRules standard() {
        return new ViewRules(UserAgents.version(USER_AGENT_LISTS));
    }

    public int listVersion() {
        return userAgents.version();
    }

    /** The id of the first rule that excludes the view from billing; empty if the view is billable. */
    public Optional<String> exclusionReason(Properties view) {
        if (Boolean.TRUE.equals(view.get("prefetch"))) {
            return Optional.of("prefetch");
        }
        String userAgent = (String) view.get("user_agent");
        if (userAgent != null && userAgents.isBot(userAgent)) {
            return Optional.of("ua-list");
        }
        if (userAgent != null && userAgents.isNonBrowser(userAgent)) {
            return Optional.of("ua-nonbrowser");
        }
        String network = (String) view.get("client_network");
        if (network != null && network.startsWith(DATACENTRE_CLASS)) {
            return Optional.of("ip-datacentre");
        }
        return isTooShort(view) ? Optional.of("too-short") : Optional.empty();
    }

    private static boolean isTooShort(Properties view) {
        Integer watched = (Integer) view.get("view_duration");
        Integer length = (Integer) view.get("video_length");
        if (watched == null) {
            return false;
        }
        return watched < (length == null ? BILLABLE_SECONDS : Math.min(BILLABLE_SECONDS, length));
    }
}
