package countinghouse.batch.gate;

import countinghouse.batch.archive.Archived;
import countinghouse.batch.archive.Archived.ArchivedTable;
import countinghouse.batch.catalog.IcebergCatalog;
import countinghouse.batch.catalog.IcebergConfig;
import countinghouse.batch.catalog.RawSchema;
import countinghouse.batch.run.Run;
import countinghouse.batch.run.Runs;
import countinghouse.schemas.EventType;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
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
    private static final String COLUMNS = String.join(
            ", ",
            RawSchema.KIND,
            RawSchema.SOURCE_PARTITION,
            RawSchema.KAFKA_OFFSET,
            RawSchema.APPEND_TIME,
            RawSchema.INGEST_BUCKET,
            RawSchema.EVENT_ID,
            RawSchema.SOURCE,
            RawSchema.ACCOUNT,
            RawSchema.OCCURRED_AT);

    private final SparkSession spark;
    private final Runs runs;
    private final double minimumValidShare;

    public RawGate(SparkSession spark, Runs runs, double minimumValidShare) {
        this.spark = spark;
        this.runs = runs;
        this.minimumValidShare = minimumValidShare;
    }

    /** Looks at the archive as the run left it; the verdict is remembered, whatever it is. */
    public GateVerdict judge(Run run, LocalDate firstDay) {
        Archived archived = runs.required(run, Archived.STEP);
        Dataset<Row> records = records(archived, firstDay);
        GateVerdict soundness = recordChecks().verify(GATE, records);
        List<String> held = new ArrayList<>(soundness.checks());
        List<String> failed = new ArrayList<>(soundness.failures());
        String contiguity = "offsets are contiguous up to the committed next offsets";
        List<String> gaps = gaps(records, archived);
        if (gaps.isEmpty()) {
            held.add(contiguity);
        } else {
            failed.add(contiguity + " (" + String.join(", ", gaps) + ")");
        }
        GateVerdict verdict = new GateVerdict(GATE, held, failed);
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
                .satisfies("records are decodable", "kind <> 'undecodable'", minimumValidShare)
                .satisfies("views have video and user", "type <> 'view' OR kind <> 'event' OR user_id IS NOT NULL", 1)
                .satisfies(
                        "view durations are 0..86400 s",
                        "view_duration IS NULL OR view_duration BETWEEN 0 AND 86400",
                        minimumValidShare)
                .matches("video_id", "^[a-zA-Z0-9_-]+$", "type = 'view' AND kind = 'event'", minimumValidShare)
                .unique("type", RawSchema.SOURCE_PARTITION, RawSchema.KAFKA_OFFSET);
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

    private static List<String> gaps(Dataset<Row> records, Archived archived) {
        records.createOrReplaceTempView("gate_records");
        List<Row> spans = records.sparkSession().sql("""
                        SELECT type, source_partition, min(kafka_offset), max(kafka_offset), count(*)
                        FROM gate_records GROUP BY type, source_partition""").collectAsList();
        Map<String, Long> lastOffsets = new HashMap<>();
        List<String> gaps = new ArrayList<>();
        for (Row span : spans) {
            String partition = span.getString(0) + "-" + span.getInt(1);
            lastOffsets.put(partition, span.getLong(3));
            long expected = span.getLong(3) - span.getLong(2) + 1;
            if (expected != span.getLong(4)) {
                gaps.add("%s has %d records for %d offsets".formatted(partition, span.getLong(4), expected));
            }
        }
        archived.tables().forEach((slug, table) -> gaps.addAll(ends(slug, table, lastOffsets)));
        return gaps;
    }

    private static List<String> ends(String slug, ArchivedTable table, Map<String, Long> lastOffsets) {
        List<String> gaps = new ArrayList<>();
        table.nextOffsets().forEach((partition, next) -> {
            Long last = lastOffsets.get(slug + "-" + partition);
            if (last != null && last + 1 != next) {
                gaps.add("%s-%d ends at %d instead of %d".formatted(slug, partition, last, next - 1));
            }
        });
        return gaps;
    }
}
