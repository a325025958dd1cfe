package countinghouse.batch.evidence;

import static org.assertj.core.api.Assertions.assertThat;

import countinghouse.batch.catalog.OrderedFiles;
import countinghouse.batch.catalog.RawSchema;
import countinghouse.batch.generation.Manifest;
import countinghouse.batch.generation.Versions;
import countinghouse.metering.identity.Identity;
import countinghouse.metering.schedule.CountingSchedule;
import countinghouse.schemas.EventType;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.apache.hadoop.conf.Configuration;
import org.apache.iceberg.AppendFiles;
import org.apache.iceberg.PartitionSpec;
import org.apache.iceberg.Schema;
import org.apache.iceberg.Table;
import org.apache.iceberg.data.GenericRecord;
import org.apache.iceberg.hadoop.HadoopTables;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A partition of many days, of which few are held in memory at once. */
class PinnedPartitionTest {
    private static final EventType TYPE = EventType.TICKET;
    private static final long HOUR_MS = TimeUnit.HOURS.toMillis(1);
    private static final long DAY_MS = TimeUnit.DAYS.toMillis(1);
    private static final long START_MS = 20_000 * DAY_MS;
    private static final int DAYS = 60;
    private static final int RECORDS = 600;
    private static final long HORIZON_MS = 5 * DAY_MS;

    @TempDir
    static Path directory;

    private static Table table;
    private static List<Long> expected;

    @BeforeAll
    static void writeTheArchive() {
        Schema schema = RawSchema.of(TYPE);
        PartitionSpec spec = PartitionSpec.builderFor(schema)
                .identity(RawSchema.INGEST_DAY)
                .identity(RawSchema.SOURCE_PARTITION)
                .build();
        table = new HadoopTables(new Configuration())
                .create(schema, spec, directory.resolve("ticket").toUri().toString());
        Random random = new Random(7);
        Map<String, Long> lastSeen = new HashMap<>();
        expected = new ArrayList<>();
        AppendFiles append = table.newAppend();
        try (OrderedFiles files = new OrderedFiles(table, "test", 0)) {
            for (int offset = 0; offset < RECORDS; offset++) {
                long bucketMs = START_MS + offset * DAYS / RECORDS * DAY_MS + offset % 10 * HOUR_MS;
                String id = "ticket-" + random.nextInt(RECORDS / 4);
                Long last = lastSeen.put(id, bucketMs);
                if (last == null || last < bucketMs - HORIZON_MS) {
                    expected.add((long) offset);
                }
                files.write(row(offset, bucketMs, id));
            }
            files.complete().forEach(append::appendFile);
        }
        append.commit();
    }

    @Test
    void shouldFindTheSameEventsHoweverFewDaysAreHeldAtOnce() {
        assertThat(expected).hasSizeBetween(RECORDS / 4, RECORDS - RECORDS / 10);
        for (long identitiesHeld : new long[] {1, 45, Long.MAX_VALUE}) {
            assertThat(visited(identitiesHeld)).as("%d held", identitiesHeld).isEqualTo(expected);
        }
    }

    @Test
    void shouldStopWhenTheVisitorHasSeenEnough() {
        List<Long> seen = new ArrayList<>();

        boolean goOn = partition(1).visit(START_MS, START_MS + DAYS * DAY_MS, (record, reason) -> {
            seen.add(record.offset());
            return seen.size() < 100;
        });

        assertThat(goOn).isFalse();
        assertThat(seen).isEqualTo(expected.subList(0, 100));
    }

    private static List<Long> visited(long identitiesHeld) {
        List<Long> offsets = new ArrayList<>();
        partition(identitiesHeld)
                .visit(START_MS, START_MS + DAYS * DAY_MS, (record, reason) -> offsets.add(record.offset()));
        return offsets;
    }

    private static PinnedPartition partition(long identitiesHeld) {
        CountingSchedule schedule = CountingSchedule.standard();
        Manifest manifest = new Manifest(
                1,
                null,
                1,
                "run",
                Instant.ofEpochMilli(START_MS + (DAYS + 1) * DAY_MS),
                "gen-1",
                Map.of("raw.ticket", table.currentSnapshot().snapshotId()),
                Map.of(),
                Map.of(),
                new Versions(schedule.pins(), List.of(), HOUR_MS, HORIZON_MS, "test"),
                Map.of(),
                Map.of(),
                Instant.EPOCH,
                "test");
        return new PinnedPartition(table, TYPE, 0, manifest, schedule, identitiesHeld);
    }

    private static GenericRecord row(long offset, long bucketMs, String id) {
        GenericRecord row = GenericRecord.create(table.schema());
        row.setField(RawSchema.KIND, "event");
        row.setField(RawSchema.TOPIC_ID, "topic");
        row.setField(RawSchema.SOURCE_PARTITION, 0);
        row.setField(RawSchema.KAFKA_OFFSET, offset);
        row.setField(RawSchema.APPEND_TIME, time(bucketMs));
        row.setField(RawSchema.INGEST_BUCKET, time(bucketMs));
        row.setField(RawSchema.INGEST_DAY, LocalDate.ofEpochDay(Math.floorDiv(bucketMs, DAY_MS)));
        row.setField(
                RawSchema.IDENTITY,
                Identity.of(TYPE.topic(), "account", "source", id).toBytes());
        row.setField(RawSchema.EVENT_ID, id);
        row.setField(RawSchema.SOURCE, "source");
        row.setField(RawSchema.ACCOUNT, "account");
        row.setField(RawSchema.OCCURRED_AT, time(bucketMs));
        row.setField("state", "paid");
        row.setField("ticket_id", id);
        row.setField("offering_id", "show");
        return row;
    }

    private static OffsetDateTime time(long ms) {
        return Instant.ofEpochMilli(ms).atOffset(ZoneOffset.UTC);
    }
}
