package countinghouse.bench.batch.task;

import countinghouse.batch.archive.GeneratedArchive;
import countinghouse.batch.catalog.IcebergCatalog;
import countinghouse.batch.catalog.IcebergConfig;
import countinghouse.bench.batch.answer.RowDigest;
import countinghouse.bench.batch.child.Assignment;
import countinghouse.bench.batch.child.Outcome.Measured;
import countinghouse.kit.config.Settings;
import countinghouse.schemas.EventType;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/** The same job as one Spark SQL query over the Iceberg table, the way one would write it without code of one's own. */
final class SparkSqlTask implements TaskMain.Task {
    private static final String CATALOG = "spark.sql.catalog." + IcebergConfig.CATALOG;
    private static final String QUERY = """
            WITH events AS (
              SELECT * FROM countinghouse.raw.ticket VERSION AS OF %d
              WHERE kind = 'event' AND ingest_day >= DATE_FROM_UNIX_DATE(%d) AND ingest_day <= DATE_FROM_UNIX_DATE(%d)
            ),
            firsts AS (
              SELECT identity, min_by(struct(account, offering_id, state, occurred_at, append_time, ingest_bucket, ingest_day,
                source_partition, price), kafka_offset) AS first
              FROM events WHERE ingest_day = DATE_FROM_UNIX_DATE(%d) GROUP BY identity
            ),
            fresh AS (SELECT first.* FROM firsts %s),
            grouped AS (
              SELECT state, account, offering_id, unix_micros(occurred_at) div 900000000 AS cell, ingest_bucket, source_partition,
                count(*) AS events, sum(price) AS revenue
              FROM fresh
              WHERE occurred_at >= append_time - INTERVAL 35 DAY AND occurred_at <= append_time + INTERVAL 5 MINUTE
              GROUP BY ALL
            )
            SELECT inline(IF(state = 'paid',
                array(named_struct('meter', 'tickets_sold', 'value', CAST(events AS DECIMAL(38, 9))),
                      named_struct('meter', 'ticket_revenue', 'value', CAST(revenue AS DECIMAL(38, 9)))),
                array(named_struct('meter', 'tickets_served', 'value', CAST(events AS DECIMAL(38, 9)))))),
              account, offering_id, cell, unix_millis(ingest_bucket) AS bucket, source_partition, events
            FROM grouped""";
    private static final String UNSEEN = """
            LEFT ANTI JOIN (SELECT identity, ingest_bucket AS bucket FROM events WHERE ingest_day < DATE_FROM_UNIX_DATE(%d)) AS earlier
            ON firsts.identity = earlier.identity AND earlier.bucket >= first.ingest_bucket - INTERVAL 36 DAY""";
    private static final int HORIZON_DAYS = 36;
    private static final long CELL_MS = 900_000;

    @Override
    public List<Measured> run(Settings settings, Assignment assignment, Map<String, String> facts) throws Exception {
        IcebergConfig iceberg = IcebergConfig.from(settings);
        SparkSession.Builder builder = SparkSession.builder()
                .master("local[" + Peers.THREADS + "]")
                .config("spark.ui.enabled", "false")
                .config("spark.driver.bindAddress", "127.0.0.1")
                .config("spark.driver.host", "127.0.0.1")
                .config("spark.sql.shuffle.partitions", "12")
                .config("spark.sql.session.timeZone", "UTC")
                .config("spark.sql.catalogImplementation", "in-memory")
                .config("spark.log.level", "WARN")
                .config(CATALOG, "org.apache.iceberg.spark.SparkCatalog")
                .config(CATALOG + ".type", "jdbc");
        iceberg.properties().forEach((name, value) -> builder.config(CATALOG + "." + name, value));
        List<Measured> measured = new ArrayList<>();
        try (SparkSession spark = builder.getOrCreate();
                IcebergCatalog catalog = IcebergCatalog.open(iceberg)) {
            facts.put("version", spark.version());
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

    private static Measured measure(SparkSession spark, IcebergCatalog catalog, int day, int lookBack)
            throws Exception {
        long snapshot = GeneratedArchive.snapshotOf(catalog.raw(EventType.TICKET), day);
        String unseen = lookBack == 0 ? "" : UNSEEN.formatted(day);
        Dataset<Row> rows = spark.sql(QUERY.formatted(snapshot, day - HORIZON_DAYS, day, day, unseen))
                .cache();
        Stopwatch.Done<Long> done = Stopwatch.ofThisProcess().time(rows::count);
        Measured measured =
                done.as("read, dedup and count", lookBack, digest(rows).meters());
        rows.unpersist(true);
        return measured;
    }

    private static RowDigest digest(Dataset<Row> rows) {
        RowDigest digest = new RowDigest();
        Iterator<Row> all = rows.toLocalIterator();
        while (all.hasNext()) {
            Row row = all.next();
            digest.add(
                    row.getString(0),
                    row.getString(2),
                    row.getString(3),
                    row.getLong(4) * CELL_MS,
                    row.getLong(5),
                    row.getInt(6),
                    row.getLong(7),
                    row.getDecimal(1));
        }
        return digest;
    }
}
