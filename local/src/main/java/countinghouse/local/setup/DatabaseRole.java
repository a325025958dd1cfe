package countinghouse.local.setup;

import java.util.Locale;

/** The PostgreSQL roles of the platform: each process has the rights of its own work and no others. */
public enum DatabaseRole {
    /** Owns the schemas and migrates them. */
    OWNER("countinghouse", "owner.postgres"),
    BATCH("countinghouse_batch", "batch.postgres"),
    API("countinghouse_api", "postgres"),
    BILLING("countinghouse_billing", "billing.postgres"),
    /** Reads API keys to check them, in every process with an HTTP port. */
    DOOR("countinghouse_door", "access.postgres"),
    /** Makes, revokes and rotates API keys, by command. */
    KEYS("countinghouse_keys", "keys.postgres"),
    /** Owns the tables of the Iceberg catalog. */
    ICEBERG("countinghouse_iceberg", "iceberg.catalog"),
    /** Reads every table, for backups. */
    BACKUP("countinghouse_backup", "backup.postgres"),
    /** Reads the views for analysts and the Iceberg catalog, through Trino; may write nothing. */
    ANALYST("countinghouse_analyst", "analyst.postgres");

    private final String user;
    private final String settings;

    DatabaseRole(String user, String settings) {
        this.user = user;
        this.settings = settings;
    }

    /** Prefix of the settings with its URL, user and password. */
    public String settings() {
        return settings;
    }

    /** Name in PostgreSQL on a local platform. */
    public String user() {
        return user;
    }

    /** Name of its password among the secrets of the state directory. */
    public String secretName() {
        return "postgres." + name().toLowerCase(Locale.ROOT);
    }
}
