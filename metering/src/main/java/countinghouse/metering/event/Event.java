package countinghouse.metering.event;

import countinghouse.schemas.EventType;

/**
 * An event as both layers count it, whatever store it was read from.
 *
 * @param type decides the topic
 * @param name CloudEvents type, e.g. {@code ticket.paid}
 * @param id unique within source and account
 * @param source who produced it
 * @param account the party billed or paid
 * @param occurredAtMs event time in ms since the epoch
 * @param properties the event's data
 */
public record Event(
        EventType type,
        String name,
        String id,
        String source,
        String account,
        long occurredAtMs,
        Properties properties) {}
