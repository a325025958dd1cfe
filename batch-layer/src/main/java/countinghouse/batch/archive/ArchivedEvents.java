package countinghouse.batch.archive;

import countinghouse.batch.archive.ArchivedRecord.Kind;
import countinghouse.batch.catalog.RawSchema;
import countinghouse.metering.event.CustomProperties;
import countinghouse.metering.event.Event;
import countinghouse.metering.event.EventNames;
import countinghouse.metering.event.Properties;
import countinghouse.metering.identity.Identity;
import countinghouse.schemas.EventType;
import java.time.OffsetDateTime;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.iceberg.data.Record;

/** Events in rows of the archive: the twin of {@code AvroEvents}, and of no other opinion on any field. */
public final class ArchivedEvents {
    private final EventType type;
    private final Set<String> dataFields;

    public ArchivedEvents(EventType type) {
        this.type = type;
        this.dataFields = type.dataFields().stream()
                .map(org.apache.avro.Schema.Field::name)
                .collect(Collectors.toUnmodifiableSet());
    }

    /** The record in a row that was read with every column. */
    public ArchivedRecord record(Record row) {
        Kind kind = Kind.of((String) row.getField(RawSchema.KIND));
        boolean isEvent = kind == Kind.EVENT;
        return new ArchivedRecord(
                kind,
                (Long) row.getField(RawSchema.KAFKA_OFFSET),
                milliseconds(row, RawSchema.APPEND_TIME),
                milliseconds(row, RawSchema.INGEST_BUCKET),
                isEvent ? Identity.ofBytes((byte[]) row.getField(RawSchema.IDENTITY)) : null,
                isEvent ? event(row) : null);
    }

    private Event event(Record row) {
        Properties properties = properties(row);
        return new Event(
                type,
                EventNames.of(type, properties),
                (String) row.getField(RawSchema.EVENT_ID),
                (String) row.getField(RawSchema.SOURCE),
                (String) row.getField(RawSchema.ACCOUNT),
                milliseconds(row, RawSchema.OCCURRED_AT),
                properties);
    }

    private Properties properties(Record row) {
        if (type == EventType.CUSTOM) {
            return new CustomProperties((String) row.getField("type"), (Map<?, ?>) row.getField("data"));
        }
        return name -> dataFields.contains(name) ? row.getField(name) : null;
    }

    private static long milliseconds(Record row, String column) {
        return ((OffsetDateTime) row.getField(column)).toInstant().toEpochMilli();
    }
}
