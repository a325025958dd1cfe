package countinghouse.batch.archive;

import countinghouse.metering.event.Event;
import countinghouse.metering.identity.Identity;

/**
 * A record of the log as it was archived.
 *
 * @param kind what it is
 * @param offset in its partition
 * @param appendTimeMs when the broker appended it
 * @param bucketMs start of its ingest bucket
 * @param identity null unless it is an event
 * @param event null unless it is an event
 */
public record ArchivedRecord(Kind kind, long offset, long appendTimeMs, long bucketMs, Identity identity, Event event) {
    /** What a record of an event topic can be. */
    public enum Kind {
        EVENT,
        TICK,
        UNDECODABLE;

        /** The kind in the archive's column. */
        public String text() {
            return switch (this) {
                case EVENT -> "event";
                case TICK -> "tick";
                case UNDECODABLE -> "undecodable";
            };
        }

        static Kind of(String text) {
            return switch (text) {
                case "event" -> EVENT;
                case "tick" -> TICK;
                case "undecodable" -> UNDECODABLE;
                default -> throw new IllegalArgumentException("The archive has a record of kind '%s'".formatted(text));
            };
        }
    }
}
