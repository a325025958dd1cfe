package countinghouse.local.setup;

import countinghouse.kit.command.CommandFailure;
import countinghouse.kit.command.ExitCode;
import countinghouse.kit.database.DatabaseConfig;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/**
 * Roles, the database, its schemas at this build's version, and each role's rights on them, in PostgreSQL. Works as somebody who may create
 * roles and databases; what is done inside the database is done as its owner.
 */
final class DatabaseSetup implements SetupStep {
    private static final String BAD_PASSWORD = "28P01";
    private static final String NO_SUCH_DATABASE = "3D000";
    private static final String READS_EVERYTHING =
            "SELECT 1 FROM pg_roles WHERE rolname = ? AND pg_has_role(oid, 'pg_read_all_data', 'MEMBER')";

    private static final String ANALYST_READS_CATALOG = """
            SELECT 1 FROM pg_roles r JOIN pg_namespace n ON n.nspname = 'iceberg'
            WHERE r.rolname = ? AND has_schema_privilege(r.oid, n.oid, 'USAGE')""";

    private final DatabaseConfig administrator;
    private final Map<DatabaseRole, DatabaseConfig> roles;
    private final OwnedSchemas schemas;

    /** @param roles how each role will reach the database; the name of the database is that in the owner's URL */
    DatabaseSetup(DatabaseConfig administrator, Map<DatabaseRole, DatabaseConfig> roles) {
        this.administrator = administrator;
        this.roles = roles;
        this.schemas = new OwnedSchemas(roles);
    }

    @Override
    public List<Change> changes() {
        List<Change> changes = new ArrayList<>();
        try (Connection connection = connect(administrator.url(), administrator)) {
            boolean rolesExist = true;
            for (DatabaseRole role : DatabaseRole.values()) {
                rolesExist &= roleExists(connection, roles.get(role), changes);
            }
            DatabaseConfig backup = roles.get(DatabaseRole.BACKUP);
            if (!exists(connection, READS_EVERYTHING, backup.user())) {
                changes.add(new Change(
                        "let role %s read every table".formatted(backup.user()),
                        () -> execute(administrator.url(), "GRANT pg_read_all_data TO %I", backup.user())));
            }
            DatabaseConfig owner = roles.get(DatabaseRole.OWNER);
            boolean exists = exists(connection, "SELECT 1 FROM pg_database WHERE datname = ?", databaseOf(owner.url()));
            if (!exists) {
                changes.add(new Change(
                        "create database %s, owned by %s".formatted(databaseOf(owner.url()), owner.user()),
                        () -> execute(
                                administrator.url(),
                                "CREATE DATABASE %I OWNER %I",
                                databaseOf(owner.url()),
                                owner.user())));
            }
            if (!exists || !hasCatalogSchema()) {
                DatabaseConfig catalog = roles.get(DatabaseRole.ICEBERG);
                changes.add(new Change(
                        "create schema iceberg, owned by %s".formatted(catalog.user()),
                        () -> execute(
                                owner.url(), "CREATE SCHEMA IF NOT EXISTS iceberg AUTHORIZATION %I", catalog.user())));
            }
            if (!exists || !rolesExist || !analystReadsCatalog()) {
                changes.add(new Change(
                        "let role %s read the catalog"
                                .formatted(roles.get(DatabaseRole.ANALYST).user()),
                        this::letAnalystReadCatalog));
            }
            changes.addAll(exists && rolesExist ? schemas.missing(administrator) : schemas.everything());
            return changes;
        } catch (SQLException e) {
            throw failure(e);
        }
    }

    private boolean roleExists(Connection connection, DatabaseConfig role, List<Change> changes) throws SQLException {
        if (!exists(connection, "SELECT 1 FROM pg_roles WHERE rolname = ?", role.user())) {
            changes.add(new Change(
                    "create role " + role.user(),
                    () -> execute(
                            administrator.url(), "CREATE ROLE %I LOGIN PASSWORD %L", role.user(), role.password())));
            return false;
        }
        if (!hasPassword(role)) {
            changes.add(new Change(
                    "set the password of role " + role.user(),
                    () -> execute(
                            administrator.url(), "ALTER ROLE %I LOGIN PASSWORD %L", role.user(), role.password())));
        }
        return true;
    }

    /** Whether the role gets in; a server that asks nobody for passwords has nothing to set. */
    private boolean hasPassword(DatabaseConfig role) throws SQLException {
        try (Connection connection = connect(administrator.url(), role)) {
            return true;
        } catch (SQLException e) {
            if (BAD_PASSWORD.equals(e.getSQLState())) {
                return false;
            }
            // It got past the password and has no right to this database, or too many are connected: no matter here.
            return true;
        }
    }

    private boolean hasCatalogSchema() throws SQLException {
        return existsInside("SELECT 1 FROM pg_namespace WHERE nspname = ?", "iceberg");
    }

    private boolean analystReadsCatalog() throws SQLException {
        return existsInside(
                ANALYST_READS_CATALOG, roles.get(DatabaseRole.ANALYST).user());
    }

    /** Asks in the platform's database, which must exist. */
    private boolean existsInside(String sql, String name) throws SQLException {
        try (Connection connection = connect(roles.get(DatabaseRole.OWNER).url(), administrator)) {
            return exists(connection, sql, name);
        }
    }

    private void letAnalystReadCatalog() {
        String url = roles.get(DatabaseRole.OWNER).url();
        String analyst = roles.get(DatabaseRole.ANALYST).user();
        execute(url, "GRANT USAGE ON SCHEMA iceberg TO %I", analyst);
        execute(url, "GRANT SELECT ON ALL TABLES IN SCHEMA iceberg TO %I", analyst);
        // The catalog's tables are made by whoever opens it first.
        execute(
                url,
                "ALTER DEFAULT PRIVILEGES FOR ROLE %I IN SCHEMA iceberg GRANT SELECT ON TABLES TO %I",
                roles.get(DatabaseRole.ICEBERG).user(),
                analyst);
    }

    /** Names and passwords cannot be parameters of such statements: the server quotes them. */
    private void execute(String url, String template, String... values) {
        String format = "SELECT format(?" + ", ?::text".repeat(values.length) + ")";
        try (Connection connection = connect(url, administrator);
                PreparedStatement quoting = connection.prepareStatement(format);
                Statement statement = connection.createStatement()) {
            quoting.setString(1, template);
            for (int i = 0; i < values.length; i++) {
                quoting.setString(i + 2, values[i]);
            }
            try (ResultSet quoted = quoting.executeQuery()) {
                quoted.next();
                statement.execute(quoted.getString(1));
            }
        } catch (SQLException e) {
            throw failure(e);
        }
    }

    private static Connection connect(String url, DatabaseConfig as) throws SQLException {
        return DriverManager.getConnection(url, as.user(), as.password());
    }

    private static boolean exists(Connection connection, String sql, String name) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.setString(1, name);
            try (ResultSet result = statement.executeQuery()) {
                return result.next();
            }
        }
    }

    /** The name of the database in a JDBC URL. */
    private static String databaseOf(String url) {
        String path = url.split("\\?", 2)[0];
        String name = path.substring(path.lastIndexOf('/') + 1);
        if (name.isEmpty()) {
            throw new CommandFailure(
                    ExitCode.BAD_INPUT, "The setting 'owner.postgres.url' (%s) names no database".formatted(url));
        }
        return name;
    }

    private CommandFailure failure(SQLException e) {
        boolean refused = e.getSQLState() != null
                && Arrays.asList(BAD_PASSWORD, NO_SUCH_DATABASE, "28000", "42501")
                        .contains(e.getSQLState());
        return new CommandFailure(
                refused ? ExitCode.BAD_INPUT : ExitCode.TEMPORARY,
                "PostgreSQL could not be set up as %s at %s (%s); %s"
                        .formatted(
                                administrator.user(),
                                administrator.url(),
                                e.getMessage().lines().findFirst().orElse("no message"),
                                refused ? "see its rights and the settings" : "see that it runs, then try again"),
                e);
    }
}
