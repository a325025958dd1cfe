package countinghouse.story;

import countinghouse.schemas.EventType;
import countinghouse.schemas.registry.SchemaRegistry;
import org.apache.avro.Schema;

/** A registry of this build's schemas: the id of each is its type's ordinal plus 1. */
final class BuiltInSchemas implements SchemaRegistry {
    @Override
    public int register(String subject, Schema schema) {
        for (EventType type : EventType.values()) {
            if (type.subject().equals(subject)) {
                return type.ordinal() + 1;
            }
        }
        throw new IllegalArgumentException("No type has the subject " + subject);
    }

    @Override
    public Schema byId(int id) {
        return EventType.values()[id - 1].schema();
    }
}
