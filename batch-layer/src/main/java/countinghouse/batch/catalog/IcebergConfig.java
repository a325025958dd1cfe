package countinghouse.batch.catalog;

import countinghouse.kit.config.Settings;
import countinghouse.kit.database.DatabaseConfig;
import java.util.Map;

/**
 * Where the Iceberg tables are: a JDBC catalog in PostgreSQL, files under a warehouse.
 *
 * @param database PostgreSQL of the catalog; its URL selects the schema {@code iceberg}
 * @param warehouse URI of the warehouse folder
 */
public record IcebergConfig(DatabaseConfig database, String warehouse) {
    /** The catalog's name is part of every key in it, so Spark, Trino and this code must agree on it. */
    public static final String CATALOG = "countinghouse";

    public static IcebergConfig from(Settings settings) {
        String warehouse = settings.text("iceberg.warehouse");
        String location = warehouse.contains(":") ? warehouse : settings.text("hdfs.uri") + warehouse;
        return new IcebergConfig(DatabaseConfig.from(settings, "iceberg.catalog"), location);
    }

    /** The properties of the catalog, as Iceberg names them. */
    public Map<String, String> properties() {
        return Map.of(
                "uri", database.url(),
                "jdbc.user", database.user(),
                "jdbc.password", database.password(),
                "jdbc.schema-version", "V1",
                "warehouse", warehouse);
    }
}
