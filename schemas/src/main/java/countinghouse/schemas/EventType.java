package countinghouse.schemas;

import countinghouse.schemas.event.AdEvent;
import countinghouse.schemas.event.CustomEvent;
import countinghouse.schemas.event.JobEvent;
import countinghouse.schemas.event.TicketEvent;
import countinghouse.schemas.event.ViewEvent;
import java.util.List;
import org.apache.avro.Schema;

/** The first-class event types: each has a topic, an Avro schema and an archive table of its own. */
public enum EventType {
    VIEW("view", ViewEvent.getClassSchema()),
    AD("ad", AdEvent.getClassSchema()),
    TICKET("ticket", TicketEvent.getClassSchema()),
    JOB("job", JobEvent.getClassSchema()),
    CUSTOM("custom", CustomEvent.getClassSchema());

    /** Fields that every event schema starts with; what follows them is the type's own data. */
    public static final List<String> ENVELOPE_FIELDS =
            List.of("id", "source", "account", "occurred_at_ms", "occurred_at_stamped");

    private static final String TOPIC_PREFIX = "events.";

    private final String slug;
    private final Schema schema;

    EventType(String slug, Schema schema) {
        this.slug = slug;
        this.schema = schema;
    }

    /** Lower-case name, also the archive table's name. */
    public String slug() {
        return slug;
    }

    public String topic() {
        return TOPIC_PREFIX + slug;
    }

    /** The schema this build reads and writes. */
    public Schema schema() {
        return schema;
    }

    /** Subject in the schema registry. */
    public String subject() {
        return topic() + "-value";
    }

    /** The type's own data fields, in schema order. */
    public List<Schema.Field> dataFields() {
        return schema.getFields()
                .subList(ENVELOPE_FIELDS.size(), schema.getFields().size());
    }

    /** The type that carries a CloudEvents {@code type}; anything unknown is {@link #CUSTOM}. */
    public static EventType ofCloudEventType(String cloudEventType) {
        if (cloudEventType.equals("video.view")) {
            return VIEW;
        }
        if (cloudEventType.equals("ad.impression")) {
            return AD;
        }
        if (cloudEventType.startsWith("ticket.")) {
            return TICKET;
        }
        if (cloudEventType.startsWith("job.")) {
            return JOB;
        }
        return CUSTOM;
    }

    /**
     * The type whose events live on a topic.
     *
     * @throws IllegalArgumentException if the topic holds no events
     */
    public static EventType ofTopic(String topic) {
        for (EventType type : values()) {
            if (type.topic().equals(topic)) {
                return type;
            }
        }
        throw new IllegalArgumentException("No event type lives on topic '%s'".formatted(topic));
    }
}
