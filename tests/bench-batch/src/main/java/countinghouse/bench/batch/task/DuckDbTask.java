package countinghouse.bench.batch.task;

import countinghouse.batch.catalog.IcebergCatalog;
import countinghouse.batch.catalog.IcebergConfig;
import countinghouse.bench.batch.answer.RowDigest;
import countinghouse.bench.batch.child.Assignment;
import countinghouse.bench.batch.child.Outcome.Measured;
import countinghouse.kit.config.Settings;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** DuckDB on the archive's own Parquet files; which files it must read, it is told. */
final class DuckDbTask implements TaskMain.Task {
    private static final List<String> TUNING = List.of(
            "SET threads = " + Peers.THREADS,
            "SET memory_limit = '6GB'",
            "SET preserve_insertion_order = false",
            "SET enable_progress_bar = false",
            "SET TimeZone = 'UTC'");
    private static final String COUNTS = """
            CREATE OR REPLACE TEMP TABLE counts (meter VARCHAR, account VARCHAR, offering_id VARCHAR, cell BIGINT,
              ingest_bucket TIMESTAMPTZ, source_partition INTEGER, events BIGINT, value DECIMAL(38, 9))""";
    private static final String READ = """
            SELECT meter, account, offering_id, cell, epoch_ms(ingest_bucket), source_partition, events, value
            FROM counts""";
    private static final long CELL_MS = 900_000;

    private final boolean byPartition;

    /** Asks one query for all partitions, or one for each. */
    DuckDbTask(boolean byPartition) {
        this.byPartition = byPartition;
    }

    @Override
    public List<Measured> run(Settings settings, Assignment assignment, Map<String, String> facts) throws Exception {
        List<Measured> measured = new ArrayList<>();
        try (IcebergCatalog catalog = IcebergCatalog.open(IcebergConfig.from(settings));
                Connection connection = DriverManager.getConnection("jdbc:duckdb:");
                Statement statement = connection.createStatement()) {
            for (String setting : TUNING) {
                statement.execute(setting);
            }
            facts.put("version", connection.getMetaData().getDatabaseProductVersion());
            facts.put("tuning", String.join("; ", TUNING));
            for (int round = -assignment.warmUps(); round < assignment.rounds(); round++) {
                for (int lookBack : assignment.lookBacks()) {
                    Measured one = measure(statement, catalog, assignment.days().firstDay() + lookBack, lookBack);
                    if (round >= 0) {
                        measured.add(one);
                    }
                }
            }
        }
        return measured;
    }

    private Measured measure(Statement statement, IcebergCatalog catalog, int day, int lookBack) throws Exception {
        List<ArchiveFiles> groups = ArchiveFiles.of(catalog, day, byPartition);
        statement.execute(COUNTS);
        Stopwatch.Done<Integer> done = Stopwatch.ofThisProcess().time(() -> {
            for (ArchiveFiles group : groups) {
                statement.execute(DuckDbPlan.grouped(group.day(), group.lookBack()));
                statement.execute(DuckDbPlan.meters());
            }
            return groups.size();
        });
        return done.as("read, dedup and count", lookBack, digest(statement).meters());
    }

    private static RowDigest digest(Statement statement) throws SQLException {
        RowDigest digest = new RowDigest();
        try (ResultSet row = statement.executeQuery(READ)) {
            while (row.next()) {
                digest.add(
                        row.getString(1),
                        row.getString(2),
                        row.getString(3),
                        row.getLong(4) * CELL_MS,
                        row.getLong(5),
                        row.getInt(6),
                        row.getLong(7),
                        row.getBigDecimal(8));
            }
        }
        return digest;
    }
}
