package countinghouse.batch.archive;

import countinghouse.schemas.registry.HttpSchemaRegistry;
import countinghouse.schemas.registry.SchemaRegistry;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * One registry client per executor process. Tasks are created by deserialisation, so a process-wide map is the only place where they
 * can share the schemas that were fetched.
 */
final class Registries {
    private static final Map<String, SchemaRegistry> BY_URL = new ConcurrentHashMap<>();

    private Registries() {}

    static SchemaRegistry of(String url) {
        return BY_URL.computeIfAbsent(url, HttpSchemaRegistry::new);
    }
}
