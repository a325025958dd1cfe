package countinghouse.batch.gate;

import countinghouse.batch.archive.Archived;
import countinghouse.batch.catalog.CountsSchema;
import countinghouse.batch.catalog.IcebergCatalog;
import countinghouse.batch.catalog.IcebergConfig;
import countinghouse.batch.recompute.Conservation;
import countinghouse.batch.recompute.DayRange;
import countinghouse.batch.recompute.Recomputed;
import countinghouse.batch.run.Run;
import countinghouse.batch.run.Runs;
import countinghouse.metering.meter.Aggregation;
import countinghouse.metering.meter.MeterCatalog;
import countinghouse.metering.schedule.CountingDocuments;
import countinghouse.metering.schedule.CountingSchedule;
import countinghouse.schemas.EventType;
import java.sql.Timestamp;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.functions;

/** The gate on the rows of a run: is what the run is about to publish sound, and is nothing lost? */
public final class CountsGate {
    private static final String GATE = "counts";
    private static final String[] KEY = {
        CountsSchema.METER,
        CountsSchema.ACCOUNT,
        CountsSchema.DIMENSIONS,
        CountsSchema.CELL,
        CountsSchema.INGEST_BUCKET,
        CountsSchema.SOURCE_PARTITION
    };

    private final SparkSession spark;
    private final Runs runs;
    private final QualityMetrics metrics;
    private final GateConfig config;
    private final MeterCatalog meters;

    public CountsGate(
            SparkSession spark, Runs runs, QualityMetrics metrics, GateConfig config, CountingDocuments documents) {
        this.spark = spark;
        this.runs = runs;
        this.metrics = metrics;
        this.config = config;
        this.meters = CountingSchedule.of(documents).meters();
    }

    /**
     * Looks at the run's rows; the verdict is remembered, whatever it is.
     *
     * @param isDriftAccepted whether a day that drifts too far is a warning only
     */
    public GateVerdict judge(Run run, boolean isDriftAccepted) {
        Archived archived = runs.required(run, Archived.STEP);
        Recomputed recomputed = runs.required(run, Recomputed.STEP);
        GateVerdict verdict = conservation(recomputed).and(completeness(archived, recomputed));
        // Deequ has no figure, hence no success, for a share of no rows.
        if (recomputed.rows() > 0) {
            Dataset<Row> rows = spark.sql("SELECT * FROM %s.%s VERSION AS OF %d WHERE run_number = %d"
                    .formatted(
                            IcebergConfig.CATALOG,
                            IcebergCatalog.countsName(),
                            recomputed.countsSnapshotId(),
                            run.number()));
            verdict = verdict.and(rowChecks(recomputed)
                            .verify(GATE, rows, metrics, GateKey.of(GATE, run, recomputed.closedThroughMs())))
                    .and(new Drift(new DayHistory(metrics), config.drift())
                            .judge(GATE, figures(rows, recomputed.closedThroughMs()), isDriftAccepted));
        }
        runs.record(run, GateVerdict.COUNTS, verdict);
        return verdict;
    }

    /** Events of every meter in every whole day from the first that has any. */
    private List<DayFigures> figures(Dataset<Row> rows, long closedThroughMs) {
        WholeDays days = new WholeDays(closedThroughMs);
        meters.meters().forEach(meter -> days.expect(meter.slug()));
        rows.groupBy(CountsSchema.INGEST_DAY, CountsSchema.METER)
                .agg(functions.sum(CountsSchema.N))
                .collectAsList()
                .forEach(row -> days.add(row.getDate(0).toLocalDate(), row.getString(1), row.getLong(2)));
        return days.figures();
    }

    private QualityChecks rowChecks(Recomputed recomputed) {
        String counting = meters.meters().stream()
                .filter(meter -> meter.aggregation() == Aggregation.COUNT)
                .map(meter -> "'" + meter.slug() + "'")
                .collect(Collectors.joining(", "));
        QualityChecks checks = new QualityChecks("count rows");
        for (String column : KEY) {
            checks.complete(column);
        }
        return checks.complete(CountsSchema.VALUE)
                .complete(CountsSchema.FINGERPRINT)
                .unique(KEY)
                .satisfies("rows have events", "n >= 1", 1)
                .satisfies(
                        "counting meters count one per event", "meter NOT IN (%s) OR value = n".formatted(counting), 1)
                .satisfies("cells are aligned", "unix_millis(cell) % 900000 = 0", 1)
                .satisfies(
                        "buckets are closed",
                        "unix_millis(ingest_bucket) < %d".formatted(recomputed.closedThroughMs()),
                        1);
    }

    private static GateVerdict conservation(Recomputed recomputed) {
        String name =
                "archived = counted + unmetered + duplicates + invalid + undecodable + ticks, in every partition and day";
        List<String> broken = new ArrayList<>();
        recomputed.days().forEach(day -> day.partitions().stream()
                .filter(part -> !part.balances())
                .forEach(part -> broken.add(part.toString())));
        return GateVerdict.of(GATE, name, broken);
    }

    /** The recomputation must have seen every closed record that another reader of the archive sees. */
    private GateVerdict completeness(Archived archived, Recomputed recomputed) {
        List<String> broken = new ArrayList<>();
        String days = recomputed.ranges().stream().map(CountsGate::condition).collect(Collectors.joining(" OR "));
        for (EventType type : EventType.values()) {
            long stored = spark.sql(
                            "SELECT count(*) FROM %s.%s VERSION AS OF %d WHERE ingest_bucket < TIMESTAMP '%s' AND (%s)"
                                    .formatted(
                                            IcebergConfig.CATALOG,
                                            IcebergCatalog.rawName(type),
                                            archived.table(type.slug()).snapshotId(),
                                            new Timestamp(recomputed.closedThroughMs()).toInstant(),
                                            days))
                    .collectAsList()
                    .get(0)
                    .getLong(0);
            long seen = recomputed.days().stream()
                    .flatMap(day -> day.partitions().stream())
                    .filter(part -> part.topic().equals(type.topic()))
                    .mapToLong(Conservation::archived)
                    .sum();
            if (stored != seen) {
                broken.add(
                        "%s has %d closed records, %d were seen".formatted(IcebergCatalog.rawName(type), stored, seen));
            }
        }
        return GateVerdict.of(GATE, "every closed record was seen", broken);
    }

    private static String condition(DayRange range) {
        return "(ingest_day >= DATE '%s' AND ingest_day < DATE '%s')"
                .formatted(LocalDate.ofEpochDay(range.fromDay()), LocalDate.ofEpochDay(range.toDay()));
    }
}
