package countinghouse.metering.event;

import countinghouse.metering.row.Decimals;
import countinghouse.schemas.EventType;
import java.math.BigDecimal;
import java.util.Map;
import org.apache.avro.Schema;
import org.apache.avro.specific.SpecificRecordBase;

/** Events in decoded Avro records of one type. */
public final class AvroEvents {
    private static final String CUSTOM_DATA = "data";

    private final EventType type;
    private final Schema schema;
    private final int fields;

    public AvroEvents(EventType type) {
        this.type = type;
        this.schema = type.schema();
        this.fields = schema.getFields().size();
    }

    /** The event in a record of this type's generated class. */
    public Event event(SpecificRecordBase record) {
        Properties properties = propertiesOf(record);
        return event(record, EventNames.of(type, properties), properties);
    }

    /** As {@link #event(SpecificRecordBase)}, for who knows the event's CloudEvents type already. */
    public Event event(SpecificRecordBase record, String name) {
        return event(record, name, propertiesOf(record));
    }

    private Event event(SpecificRecordBase record, String name, Properties properties) {
        return new Event(
                type,
                name,
                (String) record.get(0),
                (String) record.get(1),
                (String) record.get(2),
                (Long) record.get(3),
                properties);
    }

    private Properties propertiesOf(SpecificRecordBase record) {
        if (type != EventType.CUSTOM) {
            return new RecordProperties(record);
        }
        Map<?, ?> data = (Map<?, ?>) fieldOf(record, CUSTOM_DATA);
        String customType = (String) fieldOf(record, "type");
        return new CustomProperties(customType, data);
    }

    private Object fieldOf(SpecificRecordBase record, String name) {
        Schema.Field field = schema.getField(name);
        return field == null ? null : record.get(field.pos());
    }

    private final class RecordProperties implements Properties {
        private final SpecificRecordBase record;

        private RecordProperties(SpecificRecordBase record) {
            this.record = record;
        }

        @Override
        public Object get(String name) {
            return fieldOf(record, name);
        }

        @Override
        public boolean isWithinLimits(int maxLength) {
            for (int field = EventType.ENVELOPE_FIELDS.size(); field < fields; field++) {
                Object value = record.get(field);
                if (value instanceof String text && text.length() > maxLength
                        || value instanceof BigDecimal decimal && !Decimals.isWithinLimits(decimal)) {
                    return false;
                }
            }
            return true;
        }
    }
}
