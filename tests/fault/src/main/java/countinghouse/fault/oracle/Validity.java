package countinghouse.fault.oracle;

import java.util.concurrent.TimeUnit;

/** The rules of validity as design.md states them, for what the harness sends. */
final class Validity {
    private static final long AHEAD_MS = TimeUnit.MINUTES.toMillis(5);
    private static final long BEHIND_MS = TimeUnit.DAYS.toMillis(35);
    private static final long DAY_SECONDS = 86_400;
    private static final long BILLABLE_SECONDS = 30;

    private Validity() {}

    static boolean isEvent(RawEvent event, long appendTimeMs) {
        long distanceMs = event.occurredAtMs() - appendTimeMs;
        if (event.id().isBlank() || event.source().isBlank() || event.account().isBlank()) {
            return false;
        }
        if (distanceMs > AHEAD_MS || distanceMs < -BEHIND_MS) {
            return false;
        }
        if (!event.topic().equals("events.view")) {
            return true;
        }
        return event.text("video_id").matches("[A-Za-z0-9_-]{1,256}")
                && isDuration(event.number("view_duration"))
                && isDuration(event.number("video_length"));
    }

    private static boolean isDuration(Number seconds) {
        return seconds == null || (seconds.longValue() >= 0 && seconds.longValue() <= DAY_SECONDS);
    }

    /** Why a view is not billable; null if it is. Knows the user agents that the harness sends. */
    static String exclusion(RawEvent view) {
        if (Boolean.TRUE.equals(view.fields().get("prefetch"))) {
            return "prefetch";
        }
        Number watched = view.number("view_duration");
        if (watched != null && watched.longValue() == 0) {
            return "autoplay-not-started";
        }
        String agent = view.text("user_agent");
        if (agent != null && agent.contains("Googlebot")) {
            return "ua-list";
        }
        if (agent != null && agent.startsWith("curl/")) {
            return "ua-nonbrowser";
        }
        String network = view.text("client_network");
        if (network != null && network.startsWith("datacentre")) {
            return "ip-datacentre";
        }
        Number length = view.number("video_length");
        long needed = length == null ? BILLABLE_SECONDS : Math.min(BILLABLE_SECONDS, length.longValue());
        return watched != null && watched.longValue() < needed ? "too-short" : null;
    }
}
