package countinghouse.local.setup;

import java.util.Locale;

/** The PostgreSQL roles of the platform: each process has the rights of its own work and no others. */
public enum DatabaseRole {
    /** Owns the schemas and migrates them. */
    OWNER("countinghouse"),
    BATCH("countinghouse_batch"),
    API("countinghouse_api"),
    BILLING("countinghouse_billing"),
    /** Reads API keys to check them, in every process with an HTTP port. */
    DOOR("countinghouse_door"),
    /** Makes, revokes and rotates API keys, by command. */
    KEYS("countinghouse_keys"),
    /** Owns the tables of the Iceberg catalog. */
    ICEBERG("countinghouse_iceberg"),
    /** Reads the views for analysts and the Iceberg catalog, through Trino; may write nothing. */
    ANALYST("countinghouse_analyst");

    private final String user;

    DatabaseRole(String user) {
        this.user = user;
    }

    /** Name in PostgreSQL. */
    public String user() {
        return user;
    }

    /** Name of its password among the secrets of the state directory. */
    public String secretName() {
        return "postgres." + name().toLowerCase(Locale.ROOT);
    }
}
