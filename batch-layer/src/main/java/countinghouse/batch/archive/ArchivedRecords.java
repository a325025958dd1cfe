package countinghouse.batch.archive;

import countinghouse.batch.archive.ArchivedRecord.Kind;
import countinghouse.batch.catalog.RawSchema;
import countinghouse.batch.catalog.RowFiles;
import countinghouse.metering.event.CustomProperties;
import countinghouse.metering.event.Event;
import countinghouse.metering.event.KnownNames;
import countinghouse.metering.event.Properties;
import countinghouse.metering.identity.Identity;
import countinghouse.metering.row.Decimals;
import countinghouse.schemas.EventType;
import java.math.BigDecimal;
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
    private final int[] dataColumns;
    private final ColumnsByName columns;
    private final KnownNames names;

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
        this.names = new KnownNames(type);
        List<String> wanted = columns.columns().stream()
                .map(NestedField::name)
                .filter(name -> ENVELOPE.contains(name) || isData(type, name))
                .toList();
        Schema projection = raw.schema().select(wanted);
        List<String> present =
                projection.columns().stream().map(NestedField::name).toList();
        this.envelope = ENVELOPE.stream().mapToInt(present::indexOf).toArray();
        Map<String, Integer> data = new HashMap<>();
        for (org.apache.avro.Schema.Field field : type.dataFields()) {
            if (present.contains(field.name())) {
                data.put(field.name(), present.indexOf(field.name()));
            }
        }
        this.columns = new ColumnsByName(data);
        this.dataColumns = data.values().stream().mapToInt(Integer::intValue).toArray();
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
                names.of(properties),
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
            return new CustomProperties((String) row[columns.of("type")], (Map<?, ?>) row[columns.of("data")]);
        }
        return new RowProperties(row);
    }

    @Override
    public void close() {
        rows.close();
    }

    /** The data of one row. */
    private final class RowProperties implements Properties {
        private final Object[] row;

        RowProperties(Object[] row) {
            this.row = row;
        }

        @Override
        public Object get(String name) {
            int column = columns.of(name);
            return column < 0 ? null : row[column];
        }

        @Override
        public boolean isWithinLimits(int maxLength) {
            for (int column : dataColumns) {
                Object value = row[column];
                if (value instanceof String text && text.length() > maxLength
                        || value instanceof BigDecimal decimal && !Decimals.isWithinLimits(decimal)) {
                    return false;
                }
            }
            return true;
        }
    }
}
