package countinghouse.kit.database;

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
        Flyway.configure()
                .dataSource(owner)
                .locations("classpath:" + location)
                .schemas(schema)
                .defaultSchema(schema)
                .table("schema_history")
                .placeholders(placeholders)
                // Each part of a module numbers its scripts in a range of its own, so a lower number may be younger.
                .outOfOrder(true)
                .load()
                .migrate();
    }
}
