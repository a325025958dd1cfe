package countinghouse.local.setup;

import countinghouse.kit.command.CommandFailure;
import countinghouse.kit.command.ExitCode;
import countinghouse.kit.database.Database;
import countinghouse.kit.database.DatabaseConfig;
import countinghouse.kit.database.Migrations;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.flywaydb.core.api.FlywayException;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.JdbiException;

/** The schemas that the owner migrates, and who may do what in them. */
final class OwnedSchemas {
    private static final String ANALYSIS = "analysis";
    /** In this order: what analysts see are views of all the others. */
    private static final List<String> NAMES = List.of("published", "access", "billing", ANALYSIS);

    /** Every process but the speed layer reads what is published; the batch alone writes it. */
    private static final List<DatabaseRole> READERS =
            List.of(DatabaseRole.BATCH, DatabaseRole.API, DatabaseRole.BILLING);

    private static final String MISSING_RIGHTS = """
            SELECT count(*) FROM pg_class c
            JOIN unnest(ARRAY[<readers>]) r ON true
            WHERE c.relnamespace = 'published'::regnamespace AND c.relkind = 'r' AND (
                NOT has_schema_privilege(r, 'published', 'USAGE')
                OR NOT has_table_privilege(r, c.oid, 'SELECT')
                OR NOT has_table_privilege(:writer, c.oid, 'INSERT')
                OR NOT has_table_privilege(:writer, c.oid, 'UPDATE')
                OR NOT has_table_privilege(:writer, c.oid, 'DELETE'))""";

    private static final String MISSING_BILLED_GENERATIONS = """
            SELECT count(*) FROM unnest(ARRAY['billing.period_close', 'billing.document']) t
            WHERE NOT has_schema_privilege(:writer, 'billing', 'USAGE')
                OR NOT has_column_privilege(:writer, t, 'generation', 'SELECT')""";

    private static final String MISSING_ANALYSIS = """
            SELECT count(*) FROM pg_class c
            WHERE c.relnamespace = 'analysis'::regnamespace AND c.relkind = 'v' AND (
                NOT has_schema_privilege(:analyst, 'analysis', 'USAGE') OR NOT has_table_privilege(:analyst, c.oid, 'SELECT'))""";

    private final Map<DatabaseRole, DatabaseConfig> roles;

    OwnedSchemas(Map<DatabaseRole, DatabaseConfig> roles) {
        this.roles = roles;
    }

    /** What a database needs that does not exist yet. */
    List<Change> everything() {
        List<Change> changes = new ArrayList<>();
        for (String schema : present()) {
            changes.add(new Change("migrate schema %s".formatted(schema), () -> migrate(schema)));
        }
        changes.add(rights());
        return changes;
    }

    /**
     * What a database needs whose roles are there.
     *
     * @param reader who looks: the owner's password may be one of the things to set
     */
    List<Change> missing(DatabaseConfig reader) {
        DatabaseConfig owner = roles.get(DatabaseRole.OWNER);
        return as(new DatabaseConfig(owner.url(), reader.user(), reader.password(), owner.poolSize()), database -> {
            List<Change> changes = new ArrayList<>();
            for (String schema : present()) {
                List<String> pending =
                        Migrations.pending(database.dataSource(), location(schema), schema, placeholders(schema));
                if (!pending.isEmpty()) {
                    changes.add(new Change(
                            "migrate schema %s (scripts %s)".formatted(schema, String.join(", ", pending)),
                            () -> migrate(schema)));
                }
            }
            if (!changes.isEmpty()
                    || lacksRights(database)
                    || lacksBilledGenerations(database)
                    || lacksAnalysis(database)) {
                changes.add(rights());
            }
            return changes;
        });
    }

    private boolean lacksRights(Database database) {
        return database.jdbi().withHandle(handle -> handle.createQuery(MISSING_RIGHTS)
                        .defineList(
                                "readers",
                                READERS.stream()
                                        .map(role -> "'" + user(role).replace("'", "''") + "'")
                                        .toList())
                        .bind("writer", user(DatabaseRole.BATCH))
                        .mapTo(Long.class)
                        .one())
                > 0;
    }

    private boolean lacksBilledGenerations(Database database) {
        return isBilled() && isAnyMissing(database, MISSING_BILLED_GENERATIONS, "writer", DatabaseRole.BATCH);
    }

    private boolean lacksAnalysis(Database database) {
        return isBilled() && isAnyMissing(database, MISSING_ANALYSIS, "analyst", DatabaseRole.ANALYST);
    }

    private boolean isAnyMissing(Database database, String countOfMissing, String parameter, DatabaseRole role) {
        return database.jdbi().withHandle(handle -> handle.createQuery(countOfMissing)
                        .bind(parameter, user(role))
                        .mapTo(Long.class)
                        .one())
                > 0;
    }

    private static boolean isBilled() {
        return present().contains("billing");
    }

    private Change rights() {
        return new Change(
                "grant rights on the schemas",
                () -> asOwner(database -> {
                    database.jdbi().useTransaction(handle -> {
                        String readers = String.join(
                                ", ",
                                READERS.stream().map(role -> quoted(user(role))).toList());
                        String writer = quoted(user(DatabaseRole.BATCH));
                        handle.execute("GRANT USAGE ON SCHEMA published TO " + readers);
                        handle.execute("GRANT SELECT ON ALL TABLES IN SCHEMA published TO " + readers);
                        handle.execute("GRANT INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA published TO " + writer);
                        handle.execute("GRANT USAGE, SELECT ON ALL SEQUENCES IN SCHEMA published TO " + writer);
                        if (isBilled()) {
                            // What bills name is not dropped, so whoever drops generations must see what they name.
                            handle.execute("GRANT USAGE ON SCHEMA billing TO " + writer);
                            handle.execute(
                                    "GRANT SELECT (generation) ON billing.period_close, billing.document TO " + writer);
                            grantAnalysis(handle);
                        }
                    });
                    return null;
                }));
    }

    /** A view that was made anew has lost its grants. */
    private void grantAnalysis(Handle handle) {
        String analyst = quoted(user(DatabaseRole.ANALYST));
        handle.execute("GRANT USAGE ON SCHEMA analysis TO " + analyst);
        handle.execute("GRANT SELECT ON ALL TABLES IN SCHEMA analysis TO " + analyst);
        handle.execute("REVOKE ALL ON analysis.schema_history FROM " + analyst);
    }

    private void migrate(String schema) {
        asOwner(database -> {
            Migrations.migrate(database.dataSource(), location(schema), schema, placeholders(schema));
            return null;
        });
    }

    private Map<String, String> placeholders(String schema) {
        if (schema.equals(ANALYSIS)) {
            return Map.of();
        }
        return schema.equals("access")
                ? Map.of("door_role", user(DatabaseRole.DOOR), "keys_role", user(DatabaseRole.KEYS))
                : Map.of(
                        "batch_role", user(DatabaseRole.BATCH),
                        "api_role", user(DatabaseRole.API),
                        "billing_role", user(DatabaseRole.BILLING));
    }

    private <T> T asOwner(Function<Database, T> work) {
        return as(roles.get(DatabaseRole.OWNER), work);
    }

    private static <T> T as(DatabaseConfig who, Function<Database, T> work) {
        try (Database database = Database.open(who)) {
            return work.apply(database);
        } catch (FlywayException | JdbiException e) {
            throw new CommandFailure(
                    ExitCode.TEMPORARY,
                    "The schemas at %s could not be brought to this build's version (%s); a database of a newer build needs that build"
                            .formatted(
                                    who.url(),
                                    e.getMessage().lines().findFirst().orElse("no message")),
                    e);
        }
    }

    /** A process without a module has no scripts of it. */
    private static List<String> present() {
        return NAMES.stream().filter(OwnedSchemas::isPresent).toList();
    }

    private static boolean isPresent(String schema) {
        String last = schema.equals(ANALYSIS) ? "billing" : schema;
        return OwnedSchemas.class.getClassLoader().getResource(location(last)) != null;
    }

    private static String location(String schema) {
        return "db/" + schema;
    }

    private String user(DatabaseRole role) {
        return roles.get(role).user();
    }

    private static String quoted(String name) {
        return '"' + name.replace("\"", "\"\"") + '"';
    }
}
