package countinghouse.schemas;

/**
 * What {@code events.quarantine} holds, as JSON: an event that could not be counted, and why.
 *
 * @param reason rule id, never null
 * @param field the offending field, null if the event as a whole is at fault
 * @param message for a person, with the offending value
 * @param receivedAt when the door saw it, ms since the epoch
 * @param source CloudEvents source, null if unreadable
 * @param account CloudEvents subject, null if unreadable
 * @param payload the event as received, as text
 */
public record QuarantinedEvent(
        String reason, String field, String message, long receivedAt, String source, String account, String payload) {}
