package countinghouse.batch.gate;

import countinghouse.batch.archive.Archived;
import countinghouse.batch.archive.Archived.ArchivedTable;
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
import java.util.Map;
import java.util.TreeMap;
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
        List<RecordSpan> spans = spans(records);
        GateVerdict verdict = recordChecks()
                .verify(GATE, records, metrics, GateKey.of(GATE, run, closedThroughMs))
                .and(GateVerdict.of(
                        GATE, "offsets are contiguous up to the committed next offsets", gaps(spans, archived)))
                .and(new Drift(new DayHistory(metrics), config.drift())
                        .judge(GATE, figures(spans, closedThroughMs), isDriftAccepted));
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
                .matches("video_id", "^[a-zA-Z0-9_-]+$", "type = 'view' AND kind = 'event'", config.minimumValidShare())
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

    /** What one partition has of one ingest day. */
    private record RecordSpan(
            String type, int partition, LocalDate day, long firstOffset, long lastOffset, long records, long events) {
        private String name() {
            return type + "-" + partition;
        }

        private RecordSpan plus(RecordSpan other) {
            return new RecordSpan(
                    type,
                    partition,
                    day,
                    Math.min(firstOffset, other.firstOffset),
                    Math.max(lastOffset, other.lastOffset),
                    records + other.records,
                    events + other.events);
        }
    }

    private static List<RecordSpan> spans(Dataset<Row> records) {
        records.createOrReplaceTempView("gate_records");
        return records.sparkSession().sql("""
                        SELECT type, source_partition, ingest_day, min(kafka_offset), max(kafka_offset), count(*), count_if(kind = 'event')
                        FROM gate_records GROUP BY type, source_partition, ingest_day""").collectAsList().stream()
                .map(row -> new RecordSpan(
                        row.getString(0),
                        row.getInt(1),
                        row.getDate(2).toLocalDate(),
                        row.getLong(3),
                        row.getLong(4),
                        row.getLong(5),
                        row.getLong(6)))
                .toList();
    }

    private static List<String> gaps(List<RecordSpan> spans, Archived archived) {
        Map<String, RecordSpan> partitions = new TreeMap<>();
        spans.forEach(span -> partitions.merge(span.name(), span, RecordSpan::plus));
        List<String> gaps = new ArrayList<>();
        partitions.forEach((partition, span) -> {
            long expected = span.lastOffset() - span.firstOffset() + 1;
            if (expected != span.records()) {
                gaps.add("%s has %d records for %d offsets".formatted(partition, span.records(), expected));
            }
        });
        archived.tables().forEach((slug, table) -> gaps.addAll(ends(slug, table, partitions)));
        return gaps;
    }

    private static List<String> ends(String slug, ArchivedTable table, Map<String, RecordSpan> partitions) {
        List<String> gaps = new ArrayList<>();
        table.nextOffsets().forEach((partition, next) -> {
            RecordSpan span = partitions.get(slug + "-" + partition);
            if (span != null && span.lastOffset() + 1 != next) {
                gaps.add("%s-%d ends at %d instead of %d".formatted(slug, partition, span.lastOffset(), next - 1));
            }
        });
        return gaps;
    }

    /** Events of every type in every whole day from the first that has any. */
    private static List<DayFigures> figures(List<RecordSpan> spans, long closedThroughMs) {
        WholeDays days = new WholeDays(closedThroughMs);
        for (EventType type : EventType.values()) {
            days.expect(type.slug());
        }
        spans.forEach(span -> days.add(span.day(), span.type(), span.events()));
        return days.figures();
    }
}
