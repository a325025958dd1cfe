package countinghouse.schemas.registry;

import org.apache.avro.Schema;

/** What the platform needs of a schema registry. */
public interface SchemaRegistry {
    /**
     * Registers a schema, or finds it registered already.
     *
     * @throws RegistryException if the registry refuses it (incompatible) or cannot be reached
     */
    int register(String subject, Schema schema);

    /**
     * The schema of an id.
     *
     * @throws UndecodableException if the registry answers that no such id exists
     * @throws RegistryException if the registry cannot be reached
     */
    Schema byId(int id);
}
