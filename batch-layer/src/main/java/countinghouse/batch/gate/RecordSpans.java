package countinghouse.batch.gate;

import countinghouse.batch.archive.Archived;
import countinghouse.batch.archive.Archived.ArchivedTable;
import countinghouse.schemas.EventType;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** What each partition of the archive has of each ingest day: which offsets, and how many events. */
final class RecordSpans {
    private final List<Span> spans;
    private final Map<String, OffsetRuns> partitions = new TreeMap<>();

    private RecordSpans(List<Span> spans) {
        this.spans = spans;
        for (Span span : spans) {
            partitions
                    .computeIfAbsent(span.type + "-" + span.partition, ignored -> new OffsetRuns())
                    .addAll(span.offsets);
        }
    }

    private record Span(String type, int partition, LocalDate day, long events, OffsetRuns offsets) {
        private static Span of(Row row) {
            return new Span(
                    row.getString(0),
                    row.getInt(1),
                    row.getDate(2).toLocalDate(),
                    row.getLong(3),
                    OffsetRuns.of(row.<byte[]>getAs(4)));
        }
    }

    /** Reads the records once; of their columns it needs kind, partition, day and offset. */
    static RecordSpans of(Dataset<Row> records) {
        OffsetRunsFunction.register(records.sparkSession());
        records.createOrReplaceTempView("gate_records");
        return new RecordSpans(
                records.sparkSession().sql("""
                        SELECT type, source_partition, ingest_day, count_if(kind = 'event'), %s(kafka_offset)
                        FROM gate_records GROUP BY type, source_partition, ingest_day""".formatted(OffsetRunsFunction.NAME)).collectAsList().stream()
                        .map(Span::of)
                        .toList());
    }

    /** Which partitions have an offset more than once. */
    List<String> repeated() {
        List<String> repeated = new ArrayList<>();
        partitions.forEach((partition, offsets) -> {
            if (offsets.repeats() > 0) {
                repeated.add("%s has %d records again".formatted(partition, offsets.repeats()));
            }
        });
        return repeated;
    }

    /** Which partitions lack an offset, or end elsewhere than the archive says. */
    List<String> gaps(Archived archived) {
        List<String> gaps = new ArrayList<>();
        partitions.forEach((partition, offsets) -> {
            long expected = offsets.last() - offsets.first() + 1;
            if (offsets.size() != expected || offsets.repeats() > 0) {
                gaps.add("%s has %d records for %d offsets"
                        .formatted(partition, offsets.size() + offsets.repeats(), expected));
            }
        });
        archived.tables().forEach((slug, table) -> gaps.addAll(ends(slug, table)));
        return gaps;
    }

    private List<String> ends(String slug, ArchivedTable table) {
        List<String> gaps = new ArrayList<>();
        table.nextOffsets().forEach((partition, next) -> {
            OffsetRuns offsets = partitions.get(slug + "-" + partition);
            if (offsets != null && offsets.last() + 1 != next) {
                gaps.add("%s-%d ends at %d instead of %d".formatted(slug, partition, offsets.last(), next - 1));
            }
        });
        return gaps;
    }

    /** Events of every type in every whole day from the first that has any. */
    List<DayFigures> figures(long closedThroughMs) {
        WholeDays days = new WholeDays(closedThroughMs);
        for (EventType type : EventType.values()) {
            days.expect(type.slug());
        }
        spans.forEach(span -> days.add(span.day, span.type, span.events));
        return days.figures();
    }
}
