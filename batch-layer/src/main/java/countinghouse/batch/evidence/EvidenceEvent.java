package countinghouse.batch.evidence;

import countinghouse.metering.event.Event;
import countinghouse.metering.event.Position;
import countinghouse.metering.identity.Identity;
import java.math.BigDecimal;

/**
 * A raw event that was counted for a line.
 *
 * @param position where it lies in the log
 * @param appendTimeMs when the broker appended it
 * @param identity for de-duplication, computed from the event itself
 * @param event what was sent
 * @param value what it contributes to the line
 */
public record EvidenceEvent(Position position, long appendTimeMs, Identity identity, Event event, BigDecimal value) {}
