package countinghouse.batch.gate;

import static org.assertj.core.api.Assertions.assertThat;

import countinghouse.batch.archive.Archived;
import countinghouse.batch.archive.Archived.ArchivedTable;
import java.util.Map;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class RecordSpansTest {
    private static SparkSession spark;

    @BeforeAll
    static void start() {
        spark = SparkSession.builder()
                .master("local[1]")
                .config("spark.ui.enabled", "false")
                .config("spark.driver.host", "127.0.0.1")
                .config("spark.sql.shuffle.partitions", "2")
                .getOrCreate();
    }

    @AfterAll
    static void stop() {
        spark.stop();
    }

    @Test
    void shouldFindNothingWhereEveryOffsetIsThereOnce() {
        RecordSpans spans = spans("('view', 0, '2026-01-01', 'event', 5L), ('view', 0, '2026-01-02', 'tick', 7L), "
                + "('view', 0, '2026-01-01', 'event', 6L), ('view', 1, '2026-01-01', 'undecodable', 5L)");

        assertThat(spans.repeated()).isEmpty();
        assertThat(spans.gaps(upTo(8, 6))).isEmpty();
        assertThat(spans.gaps(upTo(9, 6))).containsExactly("view-0 ends at 7 instead of 8");
    }

    @Test
    void shouldFindARecordThatIsThereAgainOnAnotherDayThoughAnotherIsMissing() {
        RecordSpans spans = spans("('view', 0, '2026-01-01', 'event', 5L), ('view', 0, '2026-01-01', 'event', 6L), "
                + "('view', 0, '2026-01-02', 'event', 6L), ('view', 0, '2026-01-02', 'event', 8L)");

        assertThat(spans.repeated()).containsExactly("view-0 has 1 records again");
        assertThat(spans.gaps(upTo(9, 0))).containsExactly("view-0 has 4 records for 4 offsets");
    }

    @Test
    void shouldFindAGapThatNothingHides() {
        RecordSpans spans = spans("('view', 0, '2026-01-01', 'event', 5L), ('view', 0, '2026-01-01', 'event', 7L)");

        assertThat(spans.repeated()).isEmpty();
        assertThat(spans.gaps(upTo(8, 0))).containsExactly("view-0 has 2 records for 3 offsets");
    }

    private static RecordSpans spans(String values) {
        return RecordSpans.of(spark.sql(
                "SELECT type, source_partition, CAST(day AS date) AS ingest_day, kind, kafka_offset FROM VALUES %s"
                        .formatted(values + " AS t(type, source_partition, day, kind, kafka_offset)")));
    }

    private static Archived upTo(long first, long second) {
        return new Archived(Map.of("view", new ArchivedTable(1, Map.of(0, first, 1, second), Map.of())), 0);
    }
}
