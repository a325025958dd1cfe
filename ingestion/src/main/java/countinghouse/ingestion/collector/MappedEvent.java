package countinghouse.ingestion.collector;

import countinghouse.schemas.EventType;
import countinghouse.schemas.event.AdEvent;
import java.util.List;
import org.apache.avro.specific.SpecificRecordBase;

/**
 * A valid event as it will be stored.
 *
 * @param type decides the topic
 * @param cloudEventType CloudEvents type
 * @param source CloudEvents source
 * @param account the party billed or paid
 * @param event record of the type's generated class
 * @param ads the ads exploded from a view
 * @param traceparent W3C trace context, null if none
 */
record MappedEvent(
        EventType type,
        String cloudEventType,
        String source,
        String account,
        SpecificRecordBase event,
        List<AdEvent> ads,
        String traceparent) {}
