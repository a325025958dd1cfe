package countinghouse.local.setup;

import countinghouse.kit.command.CommandFailure;
import countinghouse.kit.command.ExitCode;
import countinghouse.kit.database.Database;
import countinghouse.kit.database.DatabaseConfig;
import countinghouse.kit.database.Migrations;
import countinghouse.local.component.PostgresServer;
import countinghouse.local.state.Secrets;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;
import org.flywaydb.core.api.FlywayException;

/** Roles, the database and its schemas at this build's version. Everything here may be done again. */
public final class PlatformDatabase {
    public static final String NAME = "countinghouse";

    private final PostgresServer server;
    private final Secrets secrets;

    public PlatformDatabase(PostgresServer server, Secrets secrets) {
        this.server = server;
        this.secrets = secrets;
    }

    public void migrate() {
        try {
            createRolesAndDatabase();
            createCatalogSchema();
            migrateSchemas();
        } catch (SQLException | FlywayException e) {
            throw new CommandFailure(
                    ExitCode.TEMPORARY,
                    "PostgreSQL could not be set up (%s); if the state folder is of another version, use another --state"
                            .formatted(e.getMessage().lines().findFirst().orElse("no message")),
                    e);
        }
    }

    private void createRolesAndDatabase() throws SQLException {
        try (Connection connection = connect(PostgresServer.SUPERUSER);
                Statement statement = connection.createStatement()) {
            for (DatabaseRole role : DatabaseRole.values()) {
                if (!exists(connection, "SELECT 1 FROM pg_roles WHERE rolname = ?", role.user())) {
                    // Neither a name nor a password can be a parameter here; both are ours and hold no quotes.
                    statement.execute("CREATE ROLE %s LOGIN PASSWORD '%s'"
                            .formatted(role.user(), secrets.secret(role.secretName())));
                }
            }
            if (!exists(connection, "SELECT 1 FROM pg_database WHERE datname = ?", NAME)) {
                statement.execute("CREATE DATABASE %s OWNER %s".formatted(NAME, DatabaseRole.OWNER.user()));
            }
        }
    }

    private void createCatalogSchema() throws SQLException {
        try (Connection connection = connect(NAME);
                Statement statement = connection.createStatement()) {
            String owner = DatabaseRole.ICEBERG.user();
            String reader = DatabaseRole.ANALYST.user();
            statement.execute("CREATE SCHEMA IF NOT EXISTS iceberg AUTHORIZATION " + owner);
            statement.execute("GRANT USAGE ON SCHEMA iceberg TO " + reader);
            statement.execute("GRANT SELECT ON ALL TABLES IN SCHEMA iceberg TO " + reader);
            // The catalog's tables are made by whoever opens it first.
            statement.execute("ALTER DEFAULT PRIVILEGES FOR ROLE %s IN SCHEMA iceberg GRANT SELECT ON TABLES TO %s"
                    .formatted(owner, reader));
        }
    }

    private void migrateSchemas() throws SQLException {
        DatabaseConfig config = new DatabaseConfig(
                server.url(NAME), DatabaseRole.OWNER.user(), secrets.secret(DatabaseRole.OWNER.secretName()), 2);
        Map<String, String> roles = Map.of(
                "batch_role", DatabaseRole.BATCH.user(),
                "api_role", DatabaseRole.API.user(),
                "billing_role", DatabaseRole.BILLING.user());
        Map<String, String> keyRoles =
                Map.of("door_role", DatabaseRole.DOOR.user(), "keys_role", DatabaseRole.KEYS.user());
        try (Database database = Database.open(config)) {
            Migrations.migrate(database.dataSource(), "db/published", "published", roles);
            Migrations.migrate(database.dataSource(), "db/access", "access", keyRoles);
            boolean isBilled = PlatformDatabase.class.getClassLoader().getResource("db/billing") != null;
            if (isBilled) {
                Migrations.migrate(database.dataSource(), "db/billing", "billing", roles);
                Migrations.migrate(database.dataSource(), "db/analysis", "analysis", Map.of());
            }
            try (Connection connection = database.dataSource().getConnection();
                    Statement statement = connection.createStatement()) {
                grantPublished(statement);
                if (isBilled) {
                    grantBilledGenerations(statement);
                    grantAnalysis(statement);
                }
            }
        }
    }

    private static void grantPublished(Statement statement) throws SQLException {
        String readers =
                String.join(", ", DatabaseRole.BATCH.user(), DatabaseRole.API.user(), DatabaseRole.BILLING.user());
        statement.execute("GRANT USAGE ON SCHEMA published TO " + readers);
        statement.execute("GRANT SELECT ON ALL TABLES IN SCHEMA published TO " + readers);
        statement.execute(
                "GRANT INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA published TO " + DatabaseRole.BATCH.user());
        statement.execute("GRANT USAGE, SELECT ON ALL SEQUENCES IN SCHEMA published TO " + DatabaseRole.BATCH.user());
    }

    /** What bills name is not dropped, so whoever drops generations must see what they name. */
    private static void grantBilledGenerations(Statement statement) throws SQLException {
        statement.execute("GRANT USAGE ON SCHEMA billing TO " + DatabaseRole.BATCH.user());
        statement.execute(
                "GRANT SELECT (generation) ON billing.period_close, billing.document TO " + DatabaseRole.BATCH.user());
    }

    /** A view that was made anew has lost its grants. */
    private static void grantAnalysis(Statement statement) throws SQLException {
        statement.execute("GRANT USAGE ON SCHEMA analysis TO " + DatabaseRole.ANALYST.user());
        statement.execute("GRANT SELECT ON ALL TABLES IN SCHEMA analysis TO " + DatabaseRole.ANALYST.user());
        statement.execute("REVOKE ALL ON analysis.schema_history FROM " + DatabaseRole.ANALYST.user());
    }

    private Connection connect(String database) throws SQLException {
        return DriverManager.getConnection(server.url(database), PostgresServer.SUPERUSER, server.superuserPassword());
    }

    private static boolean exists(Connection connection, String sql, String name) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.setString(1, name);
            try (ResultSet result = statement.executeQuery()) {
                return result.next();
            }
        }
    }
}
