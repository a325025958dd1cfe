package countinghouse.batch.archive;

import static org.assertj.core.api.Assertions.assertThat;

import countinghouse.batch.catalog.OrderedFiles;
import countinghouse.batch.catalog.RawSchema;
import countinghouse.batch.catalog.RecordFiles;
import countinghouse.batch.catalog.SeenFiles;
import countinghouse.metering.identity.Identity;
import countinghouse.schemas.EventType;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.apache.hadoop.conf.Configuration;
import org.apache.iceberg.DataFile;
import org.apache.iceberg.PartitionSpec;
import org.apache.iceberg.Schema;
import org.apache.iceberg.Table;
import org.apache.iceberg.TableProperties;
import org.apache.iceberg.data.GenericRecord;
import org.apache.iceberg.hadoop.HadoopTables;
import org.apache.iceberg.types.Type;
import org.apache.iceberg.types.Types;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Two ways of reading the archive, ours by columns and Iceberg's by records, must read the same. */
class ArchivedRecordsTest {
    private static final int ROWS = 20_000;

    /** Several row groups of many pages, the first of them with dictionaries that are given up on the way. */
    private static final Map<String, String> SMALL_PAGES = Map.of(
            TableProperties.PARQUET_ROW_GROUP_SIZE_BYTES, "500000",
            TableProperties.PARQUET_PAGE_SIZE_BYTES, "5000",
            TableProperties.PARQUET_DICT_SIZE_BYTES, "20000");

    private static final long START_MS = Instant.parse("2026-03-01T00:00:00Z").toEpochMilli();

    @TempDir
    private Path folder;

    @ParameterizedTest
    @EnumSource(EventType.class)
    void shouldReadWhatIcebergReads(EventType type) {
        Table table = table(type);
        List<DataFile> files = write(table, type, new Random(5));

        ArchivedEvents events = new ArchivedEvents(type);
        try (RecordFiles expected = new RecordFiles(table.io(), table.schema(), files);
                ArchivedRecords read = new ArchivedRecords(table, type, files)) {
            int rows = 0;
            while (expected.hasNext()) {
                assertSame(type, read.next(), events.record(expected.next()));
                rows++;
            }
            assertThat(rows).isEqualTo(ROWS);
            assertThat(read.hasNext()).isFalse();
        }
    }

    @ParameterizedTest
    @EnumSource(value = EventType.class, names = "TICKET")
    void shouldTellWhichIdentitiesWereSeen(EventType type) {
        Table table = table(type);
        List<DataFile> files = write(table, type, new Random(6));
        List<List<Long>> expected = new ArrayList<>();
        try (ArchivedRecords records = new ArchivedRecords(table, type, files)) {
            records.forEachRemaining(record -> {
                if (record.identity() != null) {
                    expected.add(
                            List.of(record.identity().high(), record.identity().low(), record.bucketMs()));
                }
            });
        }

        List<List<Long>> seen = new ArrayList<>();
        try (SeenFiles before = new SeenFiles(table, files)) {
            before.forEach((high, low, bucketMs) -> seen.add(List.of(high, low, bucketMs)));
        }

        assertThat(seen).isEqualTo(expected).hasSizeGreaterThan(ROWS / 2);
    }

    private static void assertSame(EventType type, ArchivedRecord read, ArchivedRecord expected) {
        assertThat(read.kind()).isEqualTo(expected.kind());
        assertThat(read.offset()).isEqualTo(expected.offset());
        assertThat(read.appendTimeMs()).isEqualTo(expected.appendTimeMs());
        assertThat(read.bucketMs()).isEqualTo(expected.bucketMs());
        assertThat(read.identity()).isEqualTo(expected.identity());
        if (expected.event() == null) {
            assertThat(read.event()).isNull();
            return;
        }
        assertThat(read.event().name()).isEqualTo(expected.event().name());
        assertThat(read.event().id()).isEqualTo(expected.event().id());
        assertThat(read.event().source()).isEqualTo(expected.event().source());
        assertThat(read.event().account()).isEqualTo(expected.event().account());
        assertThat(read.event().occurredAtMs()).isEqualTo(expected.event().occurredAtMs());
        if (type == EventType.CUSTOM) {
            assertThat(read.event().properties()).isEqualTo(expected.event().properties());
            return;
        }
        for (org.apache.avro.Schema.Field field : type.dataFields()) {
            assertThat(read.event().properties().get(field.name()))
                    .as(field.name())
                    .isEqualTo(expected.event().properties().get(field.name()));
        }
        assertThat(read.event().properties().get(RawSchema.TOPIC_ID)).isNull();
    }

    private Table table(EventType type) {
        Schema schema = RawSchema.of(type);
        PartitionSpec spec = PartitionSpec.builderFor(schema)
                .identity(RawSchema.INGEST_DAY)
                .identity(RawSchema.SOURCE_PARTITION)
                .build();
        return new HadoopTables(new Configuration())
                .create(schema, spec, SMALL_PAGES, folder.resolve(type.slug()).toString());
    }

    private static List<DataFile> write(Table table, EventType type, Random random) {
        try (OrderedFiles files = new OrderedFiles(table, "test", 0)) {
            for (int offset = 0; offset < ROWS; offset++) {
                files.write(row(table.schema(), type, random, offset));
            }
            return files.complete();
        }
    }

    private static GenericRecord row(Schema schema, EventType type, Random random, long offset) {
        GenericRecord row = GenericRecord.create(schema);
        for (Types.NestedField field : schema.columns()) {
            row.setField(field.name(), value(field.type(), random));
            boolean isData =
                    type.dataFields().stream().anyMatch(data -> data.name().equals(field.name()));
            if (isData && type != EventType.CUSTOM && random.nextInt(4) == 0) {
                row.setField(field.name(), null);
            }
        }
        row.setField(RawSchema.KAFKA_OFFSET, offset);
        row.setField(RawSchema.SOURCE_PARTITION, 3);
        row.setField(RawSchema.INGEST_DAY, LocalDate.of(2026, 3, 1));
        row.setField(RawSchema.EVENT_ID, "id-" + offset);
        int kind = random.nextInt(10);
        row.setField(RawSchema.KIND, kind == 0 ? "tick" : kind == 1 ? "undecodable" : "event");
        if (kind < 2) {
            row.setField(RawSchema.IDENTITY, null);
        }
        return row;
    }

    private static Object value(Type type, Random random) {
        return switch (type.typeId()) {
            case STRING -> random.nextInt(3) == 0 ? "ständig-" + random.nextInt(50) : "text-" + random.nextLong();
            case INTEGER -> random.nextInt();
            case LONG -> random.nextLong();
            case BOOLEAN -> random.nextBoolean();
            case DATE -> LocalDate.of(2026, 3, 1);
            case TIMESTAMP ->
                Instant.ofEpochMilli(START_MS + random.nextInt(86_400_000)).atOffset(ZoneOffset.UTC);
            case DECIMAL -> new BigDecimal(new BigInteger(random.nextInt(120), random).negate(), 9);
            case FIXED -> new Identity(random.nextLong(), random.nextLong()).toBytes();
            case BINARY -> ByteBuffer.wrap(new byte[] {1, 2, 3});
            case MAP -> Map.of("quiz_id", "quiz-" + random.nextInt(9), "note", "n" + random.nextInt());
            default -> throw new IllegalArgumentException("The archive has no column of type " + type);
        };
    }
}
