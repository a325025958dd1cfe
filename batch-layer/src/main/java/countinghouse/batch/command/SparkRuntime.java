package countinghouse.batch.command;

import countinghouse.batch.catalog.IcebergConfig;
import java.util.Map;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.SparkSession;

/** The one Spark session of the process, with the Iceberg catalog under its own name. */
final class SparkRuntime implements AutoCloseable {
    private static final String CATALOG = "spark.sql.catalog." + IcebergConfig.CATALOG;

    private final SparkSession session;

    private SparkRuntime(SparkSession session) {
        this.session = session;
    }

    /** Starts Spark; {@code master} as Spark takes it, e.g. {@code local[2]}. */
    static SparkRuntime start(String master, IcebergConfig iceberg) {
        SparkSession.Builder builder = SparkSession.builder()
                .master(master)
                .appName("countinghouse-batch")
                .config("spark.ui.enabled", "false")
                .config("spark.driver.bindAddress", "127.0.0.1")
                .config("spark.driver.host", "127.0.0.1")
                .config("spark.sql.shuffle.partitions", "4")
                .config("spark.sql.session.timeZone", "UTC")
                .config("spark.sql.catalogImplementation", "in-memory")
                .config("spark.task.maxFailures", "1")
                .config("spark.log.level", "WARN")
                .config(CATALOG, "org.apache.iceberg.spark.SparkCatalog")
                .config(CATALOG + ".type", "jdbc");
        for (Map.Entry<String, String> property : iceberg.properties().entrySet()) {
            builder.config(CATALOG + "." + property.getKey(), property.getValue());
        }
        return new SparkRuntime(builder.getOrCreate());
    }

    /** Loads and compiles what every query needs, while the steps before the first query wait for others. */
    void warmUp() {
        session.sql("SELECT id % 2, count(*), max(id) FROM range(4) GROUP BY id % 2")
                .collectAsList();
    }

    SparkSession session() {
        return session;
    }

    JavaSparkContext context() {
        return JavaSparkContext.fromSparkContext(session.sparkContext());
    }

    @Override
    public void close() {
        session.stop();
    }
}
