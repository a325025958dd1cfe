package countinghouse.billing.verify;

import java.math.BigDecimal;
import java.time.Instant;

/**
 * A raw event behind a line.
 *
 * @param topic where it was recorded
 * @param partition of the topic
 * @param offset in the partition
 * @param appendTime when the broker appended it
 * @param occurredAt event time
 * @param id of the event
 * @param source of the event
 * @param account of the event
 * @param value what it contributes to the line's quantity
 */
public record RawEvent(
        String topic,
        int partition,
        long offset,
        Instant appendTime,
        Instant occurredAt,
        String id,
        String source,
        String account,
        BigDecimal value) {}
