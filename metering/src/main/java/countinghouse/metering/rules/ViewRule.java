package countinghouse.metering.rules;

import countinghouse.metering.event.Event;
import countinghouse.metering.network.ClientNetwork;
import java.util.function.Predicate;

/**
 * A rule that keeps a view out of billing and needs only the event.
 *
 * @param id stable; stored as the reason
 * @param excludes whether the rule matches a view
 */
record ViewRule(String id, Predicate<Event> excludes) {
    /** {@code prefetch}: loaded ahead of a playback. */
    static ViewRule prefetch() {
        return new ViewRule(
                "prefetch", view -> Boolean.TRUE.equals(view.properties().get("prefetch")));
    }

    /** {@code autoplay-not-started}: the player reports that nothing was played. An absent duration reports nothing. */
    static ViewRule notStarted() {
        return new ViewRule("autoplay-not-started", view -> {
            Integer watched = (Integer) view.properties().get("view_duration");
            return watched != null && watched == 0;
        });
    }

    /** {@code ua-list}: the user agent names itself a robot. */
    static ViewRule declaredRobot(UserAgents userAgents) {
        return new ViewRule("ua-list", view -> {
            String userAgent = (String) view.properties().get("user_agent");
            return userAgent != null && userAgents.isBot(userAgent);
        });
    }

    /** {@code ua-nonbrowser}: the user agent is a library or a tool. */
    static ViewRule nonBrowser(UserAgents userAgents) {
        return new ViewRule("ua-nonbrowser", view -> {
            String userAgent = (String) view.properties().get("user_agent");
            return userAgent != null && userAgents.isNonBrowser(userAgent);
        });
    }

    /** {@code ip-datacentre}: the client's network is of the class {@code datacentre}, which is decided where addresses are known. */
    static ViewRule dataCentre() {
        return new ViewRule(
                "ip-datacentre",
                view -> ClientNetwork.isDatacentre((String) view.properties().get("client_network")));
    }

    /** {@code too-short}: watched less than some seconds, or than the whole video if that is shorter. */
    static ViewRule tooShort(int seconds) {
        return new ViewRule("too-short", view -> {
            Integer watched = (Integer) view.properties().get("view_duration");
            Integer length = (Integer) view.properties().get("video_length");
            return watched != null && watched < (length == null ? seconds : Math.min(seconds, length));
        });
    }

    /** {@code self-view}: the viewer is the account that would be paid. */
    static ViewRule selfView() {
        return new ViewRule(
                "self-view", view -> view.account().equals(view.properties().get("user_id")));
    }
}
