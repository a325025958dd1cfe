package countinghouse.batch.archive;

import static java.nio.charset.StandardCharsets.UTF_8;

import countinghouse.batch.archive.ArchivedRecord.Kind;
import countinghouse.batch.catalog.RawSchema;
import countinghouse.metering.identity.Identity;
import countinghouse.metering.row.Decimals;
import countinghouse.metering.time.BucketClock;
import countinghouse.schemas.EventType;
import countinghouse.schemas.Topics;
import countinghouse.schemas.registry.ConfluentFraming;
import countinghouse.schemas.registry.EventDecoder;
import countinghouse.schemas.registry.UndecodableException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;
import org.apache.avro.specific.SpecificRecordBase;
import org.apache.iceberg.Schema;
import org.apache.iceberg.data.GenericRecord;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** Turns the records of one partition, in offset order, into rows of the archive. */
final class ArchiveRows {
    /** Breaks the same rule as any decimal that the column cannot hold, so that the verdict on the event is unchanged. */
    private static final BigDecimal BEYOND_LIMITS =
            new BigDecimal(BigInteger.TEN.pow(Decimals.SUM_PRECISION).subtract(BigInteger.ONE), Decimals.SCALE);

    private final EventType type;
    private final String topicId;
    private final EventDecoder decoder;
    private final BucketClock clock;
    private final BiConsumer<ConsumerRecord<byte[], byte[]>, UndecodableException> quarantine;
    private final NewFieldDecoder newFields;
    private final GenericRecord template;

    ArchiveRows(
            EventType type,
            String topicId,
            Schema schema,
            EventDecoder decoder,
            NewFieldDecoder newFields,
            BucketClock clock,
            BiConsumer<ConsumerRecord<byte[], byte[]>, UndecodableException> quarantine) {
        this.type = type;
        this.topicId = topicId;
        this.decoder = decoder;
        this.newFields = newFields;
        this.clock = clock;
        this.quarantine = quarantine;
        this.template = GenericRecord.create(schema);
    }

    /** The row of the next record of the partition. */
    GenericRecord row(ConsumerRecord<byte[], byte[]> source) {
        long bucketMs = clock.advance(source.timestamp());
        GenericRecord row = template.copy();
        row.setField(RawSchema.TOPIC_ID, topicId);
        row.setField(RawSchema.SOURCE_PARTITION, source.partition());
        row.setField(RawSchema.KAFKA_OFFSET, source.offset());
        row.setField(RawSchema.APPEND_TIME, time(source.timestamp()));
        row.setField(RawSchema.INGEST_BUCKET, time(bucketMs));
        row.setField(RawSchema.INGEST_DAY, LocalDate.ofEpochDay(Math.floorDiv(bucketMs, TimeUnit.DAYS.toMillis(1))));
        if (source.headers().lastHeader(Topics.TICK_HEADER) != null) {
            row.setField(RawSchema.KIND, Kind.TICK.text());
            return row;
        }
        try {
            fillEvent(row, source.value(), decoder.decode(source.value()));
            row.setField(RawSchema.KIND, Kind.EVENT.text());
        } catch (UndecodableException e) {
            row.setField(RawSchema.KIND, Kind.UNDECODABLE.text());
            row.setField(RawSchema.RAW_VALUE, source.value() == null ? null : ByteBuffer.wrap(source.value()));
            row.setField(RawSchema.ACCOUNT, source.key() == null ? null : new String(source.key(), UTF_8));
            quarantine.accept(source, e);
        }
        return row;
    }

    private void fillEvent(GenericRecord row, byte[] value, SpecificRecordBase event) {
        String id = (String) event.get(0);
        String source = (String) event.get(1);
        String account = (String) event.get(2);
        row.setField(RawSchema.SCHEMA_ID, ConfluentFraming.schemaId(value));
        row.setField(
                RawSchema.IDENTITY,
                Identity.of(type.topic(), account, source, id).toBytes());
        row.setField(RawSchema.EVENT_ID, id);
        row.setField(RawSchema.SOURCE, source);
        row.setField(RawSchema.ACCOUNT, account);
        row.setField(RawSchema.OCCURRED_AT, time((Long) event.get(3)));
        row.setField(RawSchema.OCCURRED_AT_STAMPED, event.get(4));
        for (org.apache.avro.Schema.Field field : type.dataFields()) {
            Object data = event.get(field.pos());
            row.setField(field.name(), data instanceof BigDecimal decimal ? fitting(decimal) : data);
        }
        newFields.fill(row, value);
    }

    private static BigDecimal fitting(BigDecimal decimal) {
        return decimal.precision() > Decimals.SUM_PRECISION ? BEYOND_LIMITS : decimal;
    }

    private static OffsetDateTime time(long ms) {
        return Instant.ofEpochMilli(ms).atOffset(ZoneOffset.UTC);
    }
}
