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
import org.apache.spark.sql.SparkSession;

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
    private final MeterCatalog meters;

    public CountsGate(SparkSession spark, Runs runs, CountingDocuments documents) {
        this.spark = spark;
        this.runs = runs;
        this.meters = CountingSchedule.of(documents).meters();
    }

    /** Looks at the run's rows; the verdict is remembered, whatever it is. */
    public GateVerdict judge(Run run) {
        Archived archived = runs.required(run, Archived.STEP);
        Recomputed recomputed = runs.required(run, Recomputed.STEP);
        List<String> held = new ArrayList<>();
        List<String> failed = new ArrayList<>();
        // Deequ has no figure, hence no success, for a share of no rows.
        if (recomputed.rows() > 0) {
            GateVerdict rows = rowChecks(recomputed)
                    .verify(
                            GATE,
                            spark.sql("SELECT * FROM %s.%s VERSION AS OF %d WHERE run_number = %d"
                                    .formatted(
                                            IcebergConfig.CATALOG,
                                            IcebergCatalog.countsName(),
                                            recomputed.countsSnapshotId(),
                                            run.number())));
            held.addAll(rows.checks());
            failed.addAll(rows.failures());
        }
        conservation(recomputed, held, failed);
        completeness(archived, recomputed, held, failed);
        GateVerdict verdict = new GateVerdict(GATE, held, failed);
        runs.record(run, GateVerdict.COUNTS, verdict);
        return verdict;
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

    private static void conservation(Recomputed recomputed, List<String> held, List<String> failed) {
        String name =
                "archived = counted + unmetered + duplicates + invalid + undecodable + ticks, in every partition and day";
        List<String> broken = new ArrayList<>();
        recomputed.days().forEach(day -> day.partitions().stream()
                .filter(part -> !part.balances())
                .forEach(part -> broken.add(part.toString())));
        settle(name, broken, held, failed);
    }

    /** The recomputation must have seen every closed record that another reader of the archive sees. */
    private void completeness(Archived archived, Recomputed recomputed, List<String> held, List<String> failed) {
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
        settle("every closed record was seen", broken, held, failed);
    }

    private static String condition(DayRange range) {
        return "(ingest_day >= DATE '%s' AND ingest_day < DATE '%s')"
                .formatted(LocalDate.ofEpochDay(range.fromDay()), LocalDate.ofEpochDay(range.toDay()));
    }

    private static void settle(String name, List<String> broken, List<String> held, List<String> failed) {
        if (broken.isEmpty()) {
            held.add(name);
        } else {
            failed.add(name + " (" + String.join(", ", broken) + ")");
        }
    }
}
