package countinghouse.fault.batch;

import countinghouse.batch.archive.ArchiveProgress;
import countinghouse.batch.catalog.IcebergCatalog;
import countinghouse.batch.catalog.IcebergConfig;
import countinghouse.batch.catalog.RawSchema;
import countinghouse.kit.config.Settings;
import countinghouse.schemas.EventType;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.OffsetDateTime;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;
import java.util.function.BiConsumer;
import org.apache.iceberg.Table;
import org.apache.iceberg.data.IcebergGenerics;
import org.apache.iceberg.data.Record;
import org.apache.iceberg.exceptions.NoSuchTableException;
import org.apache.iceberg.io.CloseableIterable;
import org.apache.kafka.common.TopicPartition;

/** What the Iceberg tables hold, read without Spark; each question opens the catalog anew, since its database may have been killed. */
final class Archive {
    private final IcebergConfig config;

    Archive(Settings settings) {
        this.config = IcebergConfig.from(settings);
    }

    /** The offset after the last archived record of every partition, as the newest archive commit of each table says. */
    Map<TopicPartition, Long> nextOffsets() {
        Map<TopicPartition, Long> offsets = new HashMap<>();
        forEachTable((type, table) -> ArchiveProgress.of(table)
                .nextOffsets()
                .forEach((partition, next) -> offsets.put(new TopicPartition(type.topic(), partition), next)));
        return offsets;
    }

    /** Takes a record of the archive. */
    interface Visitor {
        void visit(TopicPartition partition, long offset, String content);
    }

    /** Shows every archived record, as {@code kind|append time in ms|identity}, the identity only of events. */
    void visit(Visitor visitor) {
        forEachTable((type, table) -> read(visitor, type, table));
    }

    /** There are no tables before the first archive. */
    private void forEachTable(BiConsumer<EventType, Table> reader) {
        try (IcebergCatalog catalog = IcebergCatalog.open(config)) {
            for (EventType type : EventType.values()) {
                Table table;
                try {
                    table = catalog.raw(type);
                } catch (NoSuchTableException e) {
                    continue;
                }
                reader.accept(type, table);
            }
        }
    }

    private static void read(Visitor visitor, EventType type, Table table) {
        try (CloseableIterable<Record> rows = IcebergGenerics.read(table)
                .select(
                        RawSchema.KIND,
                        RawSchema.SOURCE_PARTITION,
                        RawSchema.KAFKA_OFFSET,
                        RawSchema.APPEND_TIME,
                        RawSchema.IDENTITY)
                .build()) {
            rows.forEach(row -> visitor.visit(
                    new TopicPartition(type.topic(), (Integer) row.getField(RawSchema.SOURCE_PARTITION)),
                    (Long) row.getField(RawSchema.KAFKA_OFFSET),
                    content(row)));
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot read %s".formatted(table.name()), e);
        }
    }

    private static String content(Record row) {
        byte[] identity = (byte[]) row.getField(RawSchema.IDENTITY);
        return "%s|%d|%s"
                .formatted(
                        row.getField(RawSchema.KIND),
                        ((OffsetDateTime) row.getField(RawSchema.APPEND_TIME))
                                .toInstant()
                                .toEpochMilli(),
                        identity == null ? "" : HexFormat.of().formatHex(identity));
    }
}
