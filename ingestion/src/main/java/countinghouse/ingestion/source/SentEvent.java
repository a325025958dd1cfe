package countinghouse.ingestion.source;

/**
 * An event as it is sent to the platform.
 *
 * @param kind what the generator did to it
 * @param event the event before that
 * @param json the CloudEvent as the outside world would send it
 */
public record SentEvent(Kind kind, SourceEvent event, String json) {
    /** What the generator did to an event. */
    public enum Kind {
        /** Within the simulated day. */
        REGULAR,
        /** Before the simulated day, but not too old to be counted. */
        LATE,
        /** Sent before, word for word; must not be counted again. */
        DUPLICATE,
        /** Too far ahead of its arrival; must be quarantined. */
        FUTURE,
        /** Broken; must be quarantined. */
        MALFORMED;

        public boolean isQuarantined() {
            return this == FUTURE || this == MALFORMED;
        }
    }
}
