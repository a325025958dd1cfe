package countinghouse.batch.command;

import countinghouse.batch.catalog.IcebergConfig;
import java.util.Map;
import org.apache.spark.SparkConf;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.SparkSession;

/** The one Spark session of the process, with the Iceberg catalog under its own name. */
final class SparkRuntime implements AutoCloseable {
    private static final String LOOPBACK = "127.0.0.1";
    private static final String CATALOG = "spark.sql.catalog." + IcebergConfig.CATALOG;

    private final SparkSession session;

    private SparkRuntime(SparkSession session) {
        this.session = session;
    }

    /**
     * Starts Spark. What a submission to a cluster has said (spark-submit leaves it in system properties) stands; the rest is for one
     * machine.
     *
     * @param master as Spark takes it, e.g. {@code local[2]}, unless the submission names another
     */
    static SparkRuntime start(String master, IcebergConfig iceberg) {
        SparkConf conf = new SparkConf()
                .setIfMissing("spark.master", master)
                .setIfMissing("spark.app.name", "countinghouse-batch")
                .setIfMissing("spark.ui.enabled", "false")
                .setIfMissing("spark.sql.shuffle.partitions", "4")
                // Whoever ran the step runs it again under the same run id, which goes on from what was done.
                .setIfMissing("spark.task.maxFailures", "1")
                .set("spark.sql.session.timeZone", "UTC")
                .set("spark.sql.catalogImplementation", "in-memory")
                .set("spark.log.level", "WARN")
                .set(CATALOG, "org.apache.iceberg.spark.SparkCatalog")
                .set(CATALOG + ".type", "jdbc");
        if (conf.get("spark.master").startsWith("local")) {
            conf.setIfMissing("spark.driver.bindAddress", LOOPBACK).setIfMissing("spark.driver.host", LOOPBACK);
        }
        for (Map.Entry<String, String> property : iceberg.properties().entrySet()) {
            conf.set(CATALOG + "." + property.getKey(), property.getValue());
        }
        return new SparkRuntime(SparkSession.builder().config(conf).getOrCreate());
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
