package countinghouse.metering.event;

import countinghouse.schemas.EventType;
import countinghouse.schemas.encoded.EncodedRecord;
import countinghouse.schemas.encoded.TextCache;
import java.util.HashMap;
import java.util.Map;
import org.apache.avro.Schema;

/**
 * Events in encoded records of one type: the twin of {@link AvroEvents}, and of no other opinion on any field. Properties are decoded when they are
 * asked for. Not thread-safe, nor are the events that it makes.
 */
public final class EncodedEvents {
    private static final int ID = 0;
    private static final int SOURCE = 1;
    private static final int ACCOUNT = 2;
    private static final int OCCURRED_AT = 3;
    private static final String CUSTOM_DATA = "data";
    private static final int TEXTS = 1024;
    private static final int ACCOUNTS = 8192;
    private final EventType type;
    private final Map<String, Integer> positions = new HashMap<>();
    private final int firstDataField = EventType.ENVELOPE_FIELDS.size();
    private final int fieldCount;
    private final TextCache[] texts;
    private final KnownNames names;

    public EncodedEvents(EventType type) {
        this.type = type;
        this.names = new KnownNames(type);
        for (Schema.Field field : type.schema().getFields()) {
            positions.put(field.name(), field.pos());
        }
        this.fieldCount = type.schema().getFields().size();
        this.texts = new TextCache[fieldCount];
        texts[ACCOUNT] = new TextCache(ACCOUNTS);
    }

    /** The event in a record of this type. */
    public Event event(EncodedRecord record) {
        Properties properties = propertiesOf(record);
        return new Event(
                type,
                names.of(properties),
                (String) record.value(ID),
                text(record, SOURCE),
                text(record, ACCOUNT),
                record.number(OCCURRED_AT),
                properties);
    }

    private Properties propertiesOf(EncodedRecord record) {
        Encoded fields = new Encoded(record);
        return type == EventType.CUSTOM
                ? new CustomProperties((String) fields.get(CustomProperties.TYPE), (Map<?, ?>) fields.get(CUSTOM_DATA))
                : fields;
    }

    private String text(EncodedRecord record, int field) {
        if (texts[field] == null) {
            texts[field] = new TextCache(TEXTS);
        }
        return texts[field].text(record, field);
    }

    /** The data of one record. */
    private final class Encoded implements Properties {
        private final EncodedRecord record;

        private Encoded(EncodedRecord record) {
            this.record = record;
        }

        @Override
        public Object get(String name) {
            Integer field = positions.get(name);
            if (field == null || record.isNull(field)) {
                return null;
            }
            return record.isText(field) ? text(record, field) : record.value(field);
        }

        /** A text never has more characters than bytes. */
        @Override
        public boolean isWithinLimits(int maxLength) {
            for (int field = firstDataField; field < fieldCount; field++) {
                if (!record.isNull(field)
                        && (record.isDecimal(field)
                                || record.isText(field) && record.end(field) - record.start(field) > maxLength)) {
                    return false;
                }
            }
            return true;
        }
    }
}
