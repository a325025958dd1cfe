package countinghouse.schemas.registry;

import java.util.HashMap;
import java.util.Map;
import org.apache.avro.Schema;

/** A registry in memory; the real ones are met in the end-to-end tests. */
public final class KeptSchemas implements SchemaRegistry {
    private final Map<Integer, Schema> schemas = new HashMap<>();

    @Override
    public int register(String subject, Schema schema) {
        int id = schemas.size() + 1;
        schemas.put(id, schema);
        return id;
    }

    @Override
    public Schema byId(int id) {
        Schema schema = schemas.get(id);
        if (schema == null) {
            throw new UndecodableException("no schema %d".formatted(id));
        }
        return schema;
    }
}
