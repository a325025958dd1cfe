package countinghouse.endtoend;

import countinghouse.batch.catalog.IcebergCatalog;
import countinghouse.batch.catalog.IcebergConfig;
import countinghouse.kit.config.Settings;
import countinghouse.kit.database.Database;
import countinghouse.kit.database.DatabaseConfig;
import countinghouse.schemas.EventType;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import org.apache.iceberg.DataFile;
import org.apache.iceberg.FileScanTask;
import org.apache.iceberg.Table;
import org.apache.iceberg.data.Record;
import org.apache.iceberg.data.parquet.GenericParquetReaders;
import org.apache.iceberg.data.parquet.GenericParquetWriter;
import org.apache.iceberg.io.CloseableIterable;
import org.apache.iceberg.io.FileAppender;
import org.apache.iceberg.io.PositionOutputStream;
import org.apache.iceberg.io.SeekableInputStream;
import org.apache.iceberg.parquet.Parquet;
import redis.clients.jedis.RedisClient;

/** Changes what a platform has stored behind its back, and puts it back again. */
final class Tampering {
    private final Settings settings;
    private final Path truth;

    /** Puts back what was changed. */
    @FunctionalInterface
    interface Undo extends AutoCloseable {
        @Override
        void close();
    }

    Tampering(Path state) {
        this.settings = Settings.ofFile(state.resolve("countinghouse.properties"));
        this.truth = state.resolve("truth.jsonl");
    }

    /** Adds one to a count of the generator's truth. */
    Undo changeTruth() throws IOException {
        String before = Files.readString(truth);
        String after = before.replaceFirst("\"value\":(\\d)", "\"value\":9$1");
        if (after.equals(before)) {
            throw new IllegalStateException("The truth has no count to change");
        }
        Files.writeString(truth, after);
        return () -> write(truth, before);
    }

    /** Adds one to a row in Redis. */
    Undo changeRedisRow() {
        String key;
        try (RedisClient redis = redis()) {
            key = new TreeSet<>(redis.keys("ch:*:rows:views:*")).first();
        }
        return replaceField(key, value -> {
            String[] parts = value.split("\\|", 3);
            return parts[0] + "|" + (Long.parseLong(parts[1]) + 1) + "|" + parts[2];
        });
    }

    private Undo replaceField(String key, UnaryOperator<String> change) {
        try (RedisClient redis = redis()) {
            Map.Entry<String, String> row =
                    redis.hgetAll(key).entrySet().iterator().next();
            redis.hset(key, row.getKey(), change.apply(row.getValue()));
            return () -> {
                try (RedisClient again = redis()) {
                    again.hset(key, row.getKey(), row.getValue());
                }
            };
        }
    }

    /** Turns one archived ticket that was paid for into one that was cancelled. */
    Undo changeArchivedRow() throws IOException {
        try (IcebergCatalog catalog = IcebergCatalog.open(IcebergConfig.from(settings))) {
            Table table = catalog.raw(EventType.TICKET);
            try (CloseableIterable<FileScanTask> tasks = table.newScan().planFiles()) {
                for (FileScanTask task : tasks) {
                    List<Record> rows = read(table, task.file());
                    int index = indexOf(rows, row -> "paid".equals(row.getField("state")));
                    if (index >= 0) {
                        byte[] before = bytes(table, task.file());
                        List<Record> changed = new ArrayList<>(rows);
                        changed.set(index, rows.get(index).copy("state", "cancelled"));
                        write(table, task.file(), changed);
                        return () -> restore(task.file(), before);
                    }
                }
            }
        }
        throw new IllegalStateException("No ticket was paid for");
    }

    /** Adds one to the amount of an invoice line, as the database's owner. */
    Undo changeInvoiceLine() {
        update("+");
        return () -> update("-");
    }

    private void update(String sign) {
        try (Database owner = Database.open(DatabaseConfig.from(settings, "owner.postgres"))) {
            int changed = owner.jdbi()
                    .withHandle(
                            handle -> handle.execute(
                                    "UPDATE billing.document_line SET amount = amount " + sign
                                            + " 1 WHERE (document, n) = (SELECT document, n FROM billing.document_line ORDER BY document, n LIMIT 1)"));
            if (changed != 1) {
                throw new IllegalStateException("There is no invoice line to change");
            }
        }
    }

    /** Byte by byte: readers trust the length that the table's metadata gives. */
    private void restore(DataFile file, byte[] content) {
        try (IcebergCatalog catalog = IcebergCatalog.open(IcebergConfig.from(settings));
                PositionOutputStream stream = catalog.raw(EventType.TICKET)
                        .io()
                        .newOutputFile(file.location())
                        .createOrOverwrite()) {
            stream.write(content);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static byte[] bytes(Table table, DataFile file) throws IOException {
        try (SeekableInputStream stream =
                table.io().newInputFile(file.location()).newStream()) {
            return stream.readAllBytes();
        }
    }

    private static List<Record> read(Table table, DataFile file) throws IOException {
        List<Record> rows = new ArrayList<>();
        try (CloseableIterable<Record> records = Parquet.read(table.io().newInputFile(file.location()))
                .project(table.schema())
                .createReaderFunc(schema -> GenericParquetReaders.buildReader(table.schema(), schema))
                .build()) {
            records.forEach(record -> rows.add(record.copy()));
        }
        return rows;
    }

    private static void write(Table table, DataFile file, List<Record> rows) {
        try (FileAppender<Record> appender = Parquet.write(table.io().newOutputFile(file.location()))
                .schema(table.schema())
                .createWriterFunc(GenericParquetWriter::create)
                .overwrite()
                .build()) {
            rows.forEach(appender::add);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static int indexOf(List<Record> rows, Predicate<Record> wanted) {
        for (int index = 0; index < rows.size(); index++) {
            if (wanted.test(rows.get(index))) {
                return index;
            }
        }
        return -1;
    }

    private RedisClient redis() {
        return RedisClient.builder().fromURI(settings.text("redis.url")).build();
    }

    private static void write(Path file, String text) {
        try {
            Files.writeString(file, text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
