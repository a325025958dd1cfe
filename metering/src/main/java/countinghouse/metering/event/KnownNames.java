package countinghouse.metering.event;

import countinghouse.schemas.EventType;
import java.util.HashMap;
import java.util.Map;

/** The names of events, as {@link EventNames} has them; those of tickets and jobs are made once for each state. Not thread-safe. */
public final class KnownNames {
    /** States come from producers, so only some are kept; a type has a dozen. */
    private static final int MAX_NAMES = 64;

    private final EventType type;
    private final Map<Object, String> namesByState = new HashMap<>();

    public KnownNames(EventType type) {
        this.type = type;
    }

    /** The CloudEvents type of an event with some properties. */
    public String of(Properties properties) {
        Object state = type == EventType.TICKET || type == EventType.JOB ? properties.get(EventNames.STATE) : null;
        if (state == null) {
            return EventNames.of(type, properties);
        }
        String known = namesByState.get(state);
        if (known == null) {
            known = EventNames.of(type, properties);
            if (namesByState.size() < MAX_NAMES) {
                namesByState.put(state, known);
            }
        }
        return known;
    }
}
