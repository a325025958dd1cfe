package countinghouse.metering.event;

import countinghouse.schemas.EventType;

/** CloudEvents types of stored events: tickets and jobs keep only their state, the other first-class types have one name. */
public final class EventNames {
    /** The property that names a ticket's or a job's event. */
    static final String STATE = "state";

    private EventNames() {}

    /** The CloudEvents type of a stored event, from its own data. */
    public static String of(EventType type, Properties properties) {
        return switch (type) {
            case VIEW -> "video.view";
            case AD -> "ad.impression";
            case TICKET -> "ticket." + properties.get(STATE);
            case JOB -> "job." + properties.get(STATE);
            case CUSTOM -> (String) properties.get("type");
        };
    }
}
