package countinghouse.metering.event;

import countinghouse.schemas.EventType;
import java.util.Map;
import org.apache.avro.Schema;
import org.apache.avro.specific.SpecificRecordBase;

/** Events in decoded Avro records of one type. */
public final class AvroEvents {
    private static final String CUSTOM_DATA = "data";

    private final EventType type;
    private final Schema schema;

    public AvroEvents(EventType type) {
        this.type = type;
        this.schema = type.schema();
    }

    /** The event in a record of this type's generated class. */
    public Event event(SpecificRecordBase record) {
        Properties properties = propertiesOf(record);
        return new Event(
                type,
                EventNames.of(type, properties),
                (String) record.get(0),
                (String) record.get(1),
                (String) record.get(2),
                (Long) record.get(3),
                properties);
    }

    private Properties propertiesOf(SpecificRecordBase record) {
        if (type != EventType.CUSTOM) {
            return name -> fieldOf(record, name);
        }
        Map<?, ?> data = (Map<?, ?>) fieldOf(record, CUSTOM_DATA);
        String customType = (String) fieldOf(record, "type");
        return new CustomProperties(customType, data);
    }

    private Object fieldOf(SpecificRecordBase record, String name) {
        Schema.Field field = schema.getField(name);
        return field == null ? null : record.get(field.pos());
    }
}
