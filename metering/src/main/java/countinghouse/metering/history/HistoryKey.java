package countinghouse.metering.history;

import countinghouse.metering.event.Event;
import countinghouse.metering.network.ClientNetwork;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** What views must have in common for a history rule to see them together. */
public enum HistoryKey {
    /** The same viewer, whatever was viewed. */
    VIEWER("viewer"),
    /** The same viewer and the same video of the same account. */
    VIEWER_ITEM("viewer-item"),
    /**
     * The same public network and the same video of the same account. Right only where producers forward their clients' networks: a back
     * end that does not is one network to the door (ADR 0038).
     */
    NETWORK_ITEM("network-item");

    /** Cannot occur in names, which have no control characters, so that no two keys share a text. */
    private static final char SEPARATOR = '\u0001';

    private final String label;

    HistoryKey(String label) {
        this.label = label;
    }

    /** The key as the rules name it. */
    public static Optional<HistoryKey> named(String name) {
        return Arrays.stream(values()).filter(key -> key.label.equals(name)).findFirst();
    }

    public static List<String> names() {
        return Arrays.stream(values()).map(key -> key.label).toList();
    }

    /** What of a view this key compares; null if the view has nothing to compare. */
    public String of(Event view) {
        return switch (this) {
            case VIEWER -> viewer(view);
            case VIEWER_ITEM -> {
                String viewer = viewer(view);
                yield viewer == null ? null : item(view) + SEPARATOR + viewer;
            }
            case NETWORK_ITEM -> {
                String network = network(view);
                yield network == null ? null : item(view) + SEPARATOR + network;
            }
        };
    }

    /** The user; for a view without one the network and user agent, null without a network either. */
    private static String viewer(Event view) {
        String user = (String) view.properties().get("user_id");
        if (user != null && !user.isBlank()) {
            return "u" + SEPARATOR + user;
        }
        String network = network(view);
        return network == null
                ? null
                : "n" + SEPARATOR + network + SEPARATOR + view.properties().get("user_agent");
    }

    /** The pseudonym alone: a network stays the same when another version of the list of data centres has judged it. */
    private static String network(Event view) {
        return ClientNetwork.publicPseudonym((String) view.properties().get("client_network"));
    }

    private static String item(Event view) {
        return view.account() + SEPARATOR + view.properties().get("video_id");
    }
}
