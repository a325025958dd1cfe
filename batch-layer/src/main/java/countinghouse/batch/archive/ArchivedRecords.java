package countinghouse.batch.archive;

import countinghouse.batch.archive.ArchivedRecord.Kind;
import countinghouse.batch.catalog.RawSchema;
import countinghouse.batch.catalog.RowFiles;
import countinghouse.metering.event.CustomProperties;
import countinghouse.metering.event.Event;
import countinghouse.metering.event.EventNames;
import countinghouse.metering.event.Properties;
import countinghouse.metering.identity.Identity;
import countinghouse.schemas.EventType;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import org.apache.iceberg.DataFile;
import org.apache.iceberg.Schema;
import org.apache.iceberg.Table;
import org.apache.iceberg.types.Types.NestedField;

/**
 * The records of some files of the archive, in order: what {@link ArchivedEvents} makes of the same rows, at a fraction of the cost, for
 * whoever reads whole days.
 */
public final class ArchivedRecords implements Iterator<ArchivedRecord>, AutoCloseable {
    private static final List<String> ENVELOPE = List.of(
            RawSchema.KIND,
            RawSchema.KAFKA_OFFSET,
            RawSchema.APPEND_TIME,
            RawSchema.INGEST_BUCKET,
            RawSchema.IDENTITY,
            RawSchema.EVENT_ID,
            RawSchema.SOURCE,
            RawSchema.ACCOUNT,
            RawSchema.OCCURRED_AT);

    private final EventType type;
    private final RowFiles rows;
    private final int[] envelope;
    /** As the schema has them: whoever asks for all of them asks with these very objects. */
    private final String[] dataNames;

    private final int[] dataColumns;
    private final Map<String, Integer> data = new HashMap<>();

    /** Reads what counting needs. */
    public ArchivedRecords(Table raw, EventType type, List<DataFile> files) {
        this(raw, type, raw.schema(), files);
    }

    /**
     * Reads some columns.
     *
     * @param columns the envelope's among them, id and source excepted; an event has no other data than theirs
     */
    public ArchivedRecords(Table raw, EventType type, Schema columns, List<DataFile> files) {
        this.type = type;
        List<String> wanted = columns.columns().stream()
                .map(NestedField::name)
                .filter(name -> ENVELOPE.contains(name) || isData(type, name))
                .toList();
        Schema projection = raw.schema().select(wanted);
        List<String> names =
                projection.columns().stream().map(NestedField::name).toList();
        this.envelope = ENVELOPE.stream().mapToInt(names::indexOf).toArray();
        this.dataNames = type.dataFields().stream()
                .map(org.apache.avro.Schema.Field::name)
                .filter(names::contains)
                .toArray(String[]::new);
        this.dataColumns = Arrays.stream(dataNames).mapToInt(names::indexOf).toArray();
        for (int index = 0; index < dataNames.length; index++) {
            data.put(dataNames[index], dataColumns[index]);
        }
        this.rows = new RowFiles(raw.io(), projection, files);
    }

    private static boolean isData(EventType type, String column) {
        return type.dataFields().stream().anyMatch(field -> field.name().equals(column));
    }

    @Override
    public boolean hasNext() {
        return rows.hasNext();
    }

    @Override
    public ArchivedRecord next() {
        Object[] row = rows.next();
        Kind kind = Kind.of((String) row[envelope[0]]);
        boolean isEvent = kind == Kind.EVENT;
        return new ArchivedRecord(
                kind,
                (Long) row[envelope[1]],
                (Long) row[envelope[2]],
                (Long) row[envelope[3]],
                isEvent ? (Identity) row[envelope[4]] : null,
                isEvent ? event(row) : null);
    }

    private Event event(Object[] row) {
        Properties properties = properties(row);
        return new Event(
                type,
                EventNames.of(type, properties),
                text(row, 5),
                text(row, 6),
                text(row, 7),
                (Long) row[envelope[8]],
                properties);
    }

    private String text(Object[] row, int field) {
        return envelope[field] < 0 ? null : (String) row[envelope[field]];
    }

    private Properties properties(Object[] row) {
        if (type == EventType.CUSTOM) {
            return new CustomProperties((String) row[data.get("type")], (Map<?, ?>) row[data.get("data")]);
        }
        return name -> property(row, name);
    }

    @SuppressWarnings({"ReferenceEquality", "StringEquality"}) // a shortcut; the map decides where it does not apply
    private Object property(Object[] row, String name) {
        for (int index = 0; index < dataNames.length; index++) {
            if (dataNames[index] == name) {
                return row[dataColumns[index]];
            }
        }
        Integer column = data.get(name);
        return column == null ? null : row[column];
    }

    @Override
    public void close() {
        rows.close();
    }
}
