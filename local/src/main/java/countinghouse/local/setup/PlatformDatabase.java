package countinghouse.local.setup;

import countinghouse.kit.database.DatabaseConfig;
import countinghouse.local.component.PostgresServer;
import countinghouse.local.state.Secrets;
import java.util.EnumMap;
import java.util.Map;

/** The database of a local platform: roles, schemas and rights at this build's version. Everything here may be done again. */
public final class PlatformDatabase {
    public static final String NAME = "countinghouse";

    private static final int CONNECTIONS = 2;

    private final PostgresServer server;
    private final Secrets secrets;

    public PlatformDatabase(PostgresServer server, Secrets secrets) {
        this.server = server;
        this.secrets = secrets;
    }

    public void migrate() {
        Map<DatabaseRole, DatabaseConfig> roles = new EnumMap<>(DatabaseRole.class);
        for (DatabaseRole role : DatabaseRole.values()) {
            roles.put(
                    role,
                    new DatabaseConfig(server.url(NAME), role.user(), secrets.secret(role.secretName()), CONNECTIONS));
        }
        DatabaseConfig administrator = new DatabaseConfig(
                server.url(PostgresServer.SUPERUSER),
                PostgresServer.SUPERUSER,
                server.superuserPassword(),
                CONNECTIONS);
        new DatabaseSetup(administrator, roles).changes().forEach(change -> change.action()
                .run());
    }
}
