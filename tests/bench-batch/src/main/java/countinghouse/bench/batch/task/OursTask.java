package countinghouse.bench.batch.task;

import countinghouse.batch.archive.GeneratedArchive;
import countinghouse.batch.catalog.IcebergCatalog;
import countinghouse.batch.catalog.IcebergConfig;
import countinghouse.batch.recompute.CountingPass;
import countinghouse.bench.batch.answer.RowDigest;
import countinghouse.bench.batch.child.Assignment;
import countinghouse.bench.batch.child.Outcome.Measured;
import countinghouse.kit.config.Settings;
import countinghouse.schemas.EventType;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.iceberg.Table;
import org.apache.spark.SparkConf;
import org.apache.spark.api.java.JavaSparkContext;

/** Ours: the recompute's own plan and tasks, from the archive's files to final rows. */
final class OursTask implements TaskMain.Task {
    @Override
    public List<Measured> run(Settings settings, Assignment assignment, Map<String, String> facts) throws Exception {
        SparkConf conf = new SparkConf()
                .setMaster("local[" + Peers.THREADS + "]")
                .setAppName("bench")
                .set("spark.ui.enabled", "false")
                .set("spark.driver.bindAddress", "127.0.0.1")
                .set("spark.driver.host", "127.0.0.1");
        List<Measured> measured = new ArrayList<>();
        try (JavaSparkContext spark = new JavaSparkContext(conf);
                IcebergCatalog catalog = IcebergCatalog.open(IcebergConfig.from(settings))) {
            spark.setLogLevel("WARN");
            for (int round = -assignment.warmUps(); round < assignment.rounds(); round++) {
                for (int lookBack : assignment.lookBacks()) {
                    Measured one = measure(spark, catalog, assignment.days().firstDay() + lookBack, lookBack);
                    if (round >= 0) {
                        measured.add(one);
                    }
                }
            }
        }
        return measured;
    }

    private static Measured measure(JavaSparkContext spark, IcebergCatalog catalog, int day, int lookBack)
            throws Exception {
        Table raw = catalog.raw(EventType.TICKET);
        long snapshot = GeneratedArchive.snapshotOf(raw, day);
        Stopwatch.Done<List<List<CountingPass.Row>>> done =
                Stopwatch.ofThisProcess().time(() -> CountingPass.rows(spark, catalog, snapshot, day));
        RowDigest digest = new RowDigest();
        done.result().forEach(rows -> rows.forEach(row -> CountedRows.add(digest, row.key(), row.value())));
        return done.as("read, dedup and count", lookBack, digest.meters());
    }
}
