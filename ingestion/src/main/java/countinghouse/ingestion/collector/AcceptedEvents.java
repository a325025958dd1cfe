package countinghouse.ingestion.collector;

import countinghouse.schemas.EventType;

/** How many events of a request were accepted. The events themselves need not be held until Kafka has acknowledged them. */
final class AcceptedEvents {
    private final int[] byType = new int[EventType.values().length];
    private int count;
    private int ads;

    void add(MappedEvent event) {
        byType[event.type().ordinal()]++;
        count++;
        ads += event.ads().size();
    }

    int count() {
        return count;
    }

    int ofType(EventType type) {
        return byType[type.ordinal()];
    }

    /** Ads that were exploded from views. */
    int ads() {
        return ads;
    }
}
