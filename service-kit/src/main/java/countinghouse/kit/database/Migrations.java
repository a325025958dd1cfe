package countinghouse.kit.database;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;

/** Brings a schema of PostgreSQL to this build's version. */
public final class Migrations {
    private Migrations() {}

    /**
     * Applies the migrations of a class path location to a schema.
     *
     * @param placeholders values of {@code ${name}} in the scripts, e.g. the names of roles
     */
    public static void migrate(DataSource owner, String location, String schema, Map<String, String> placeholders) {
        flyway(owner, location, schema, placeholders).migrate();
    }

    /** The versions of the scripts that {@link #migrate} would apply, oldest first. */
    public static List<String> pending(
            DataSource owner, String location, String schema, Map<String, String> placeholders) {
        return Arrays.stream(
                        flyway(owner, location, schema, placeholders).info().pending())
                .map(script -> script.getVersion().getVersion())
                .toList();
    }

    private static Flyway flyway(DataSource owner, String location, String schema, Map<String, String> placeholders) {
        return Flyway.configure()
                .dataSource(owner)
                .locations("classpath:" + location)
                .schemas(schema)
                .defaultSchema(schema)
                .table("schema_history")
                .placeholders(placeholders)
                // Each part of a module numbers its scripts in a range of its own, so a lower number may be younger.
                .outOfOrder(true)
                .load();
    }
}
