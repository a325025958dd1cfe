package countinghouse.local.component;

import java.util.Map;

/**
 * What Trino reads.
 *
 * @param database JDBC URL of the platform's database
 * @param user a role that may only read the views for analysts and the Iceberg catalog
 * @param password of that role
 * @param warehouse URI of the Iceberg warehouse
 */
public record TrinoSources(String database, String user, String password, String warehouse) {
    /** What the files in {@code deploy/trino} take from the environment. */
    Map<String, String> environment() {
        return Map.of(
                "POSTGRES_URL", database,
                "POSTGRES_ANALYST_USER", user,
                "POSTGRES_ANALYST_PASSWORD", password,
                "ICEBERG_CATALOG_URL", database + "?currentSchema=iceberg",
                "ICEBERG_CATALOG_USER", user,
                "ICEBERG_CATALOG_PASSWORD", password,
                "ICEBERG_WAREHOUSE", warehouse);
    }

    @Override
    public String toString() {
        return "TrinoSources[" + database + " as " + user + ", " + warehouse + "]";
    }
}
