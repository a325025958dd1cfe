package countinghouse.batch.gate;

import countinghouse.batch.archive.Archived;
import countinghouse.batch.catalog.IcebergCatalog;
import countinghouse.batch.catalog.IcebergConfig;
import countinghouse.batch.catalog.RawSchema;
import countinghouse.batch.run.Run;
import countinghouse.batch.run.Runs;
import countinghouse.batch.seal.Sealed;
import countinghouse.schemas.EventType;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/**
 * The gate on the archive: is what the run is about to count sound? Looks at the ingest days from a first day on.
 *
 * <p>A single record that breaks a rule is not a reason to stop, the recomputation sets it aside as invalid; a share of them is.
 */
public final class RawGate {
    private static final String GATE = "raw";
    /** As Deequ calls it, which would group every record of the night to find out. */
    private static final String UNIQUE =
            "UniquenessConstraint(Uniqueness(Buffer(type, source_partition, kafka_offset),None,None))";

    private static final String COLUMNS = String.join(
            ", ",
            RawSchema.KIND,
            RawSchema.SOURCE_PARTITION,
            RawSchema.KAFKA_OFFSET,
            RawSchema.APPEND_TIME,
            RawSchema.INGEST_BUCKET,
            RawSchema.INGEST_DAY,
            RawSchema.EVENT_ID,
            RawSchema.SOURCE,
            RawSchema.ACCOUNT,
            RawSchema.OCCURRED_AT);

    private final SparkSession spark;
    private final Runs runs;
    private final QualityMetrics metrics;
    private final GateConfig config;

    public RawGate(SparkSession spark, Runs runs, QualityMetrics metrics, GateConfig config) {
        this.spark = spark;
        this.runs = runs;
        this.metrics = metrics;
        this.config = config;
    }

    /**
     * Looks at the archive as the run left it; the verdict is remembered, whatever it is.
     *
     * @param isDriftAccepted whether a day that drifts too far is a warning only
     */
    public GateVerdict judge(Run run, LocalDate firstDay, boolean isDriftAccepted) {
        Archived archived = runs.required(run, Archived.STEP);
        long closedThroughMs = runs.required(run, Sealed.STEP).closedThroughMs();
        Dataset<Row> records = records(archived, firstDay);
        RecordSpans spans = RecordSpans.of(records);
        GateVerdict verdict = recordChecks()
                .verify(GATE, records, metrics, GateKey.of(GATE, run, closedThroughMs))
                .and(GateVerdict.of(GATE, UNIQUE, spans.repeated()))
                .and(GateVerdict.of(
                        GATE, "offsets are contiguous up to the committed next offsets", spans.gaps(archived)))
                .and(new Drift(new DayHistory(metrics), config.drift())
                        .judge(GATE, spans.figures(closedThroughMs), isDriftAccepted));
        runs.record(run, GateVerdict.RAW, verdict);
        return verdict;
    }

    private QualityChecks recordChecks() {
        return new QualityChecks("raw records")
                .complete(RawSchema.KIND)
                .complete(RawSchema.APPEND_TIME)
                .complete(RawSchema.INGEST_BUCKET)
                .satisfies(
                        "events have id, source, account and time",
                        "kind <> 'event' OR (event_id IS NOT NULL AND source IS NOT NULL AND account IS NOT NULL"
                                + " AND occurred_at IS NOT NULL)",
                        1)
                .satisfies("records are decodable", "kind <> 'undecodable'", config.minimumValidShare())
                .satisfies("views have video and user", "type <> 'view' OR kind <> 'event' OR user_id IS NOT NULL", 1)
                .satisfies(
                        "view durations are 0..86400 s",
                        "view_duration IS NULL OR view_duration BETWEEN 0 AND 86400",
                        config.minimumValidShare())
                .matches(
                        "video_id", "^[a-zA-Z0-9_-]+$", "type = 'view' AND kind = 'event'", config.minimumValidShare());
    }

    private Dataset<Row> records(Archived archived, LocalDate firstDay) {
        List<String> selects = new ArrayList<>();
        for (EventType type : EventType.values()) {
            String data = type == EventType.VIEW
                    ? "video_id, user_id, view_duration"
                    : "CAST(NULL AS string) AS video_id, CAST(NULL AS string) AS user_id, CAST(NULL AS int) AS view_duration";
            selects.add("SELECT '%s' AS type, %s, %s FROM %s.%s VERSION AS OF %d WHERE ingest_day >= DATE '%s'"
                    .formatted(
                            type.slug(),
                            COLUMNS,
                            data,
                            IcebergConfig.CATALOG,
                            IcebergCatalog.rawName(type),
                            archived.table(type.slug()).snapshotId(),
                            firstDay));
        }
        return spark.sql(String.join(" UNION ALL ", selects));
    }
}
