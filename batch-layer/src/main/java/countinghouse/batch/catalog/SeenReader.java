package countinghouse.batch.catalog;

import java.nio.ByteBuffer;
import java.util.List;
import org.apache.iceberg.Schema;
import org.apache.iceberg.parquet.ParquetValueReaders.PrimitiveReader;
import org.apache.iceberg.parquet.ParquetValueReaders.StructReader;
import org.apache.iceberg.shaded.org.apache.parquet.column.ColumnDescriptor;
import org.apache.iceberg.shaded.org.apache.parquet.schema.MessageType;
import org.apache.iceberg.shaded.org.apache.parquet.schema.Type;

/** Reads identity and bucket of a row into itself; every row it reads is the same object. */
final class SeenReader extends StructReader<SeenReader, SeenReader> {
    private static final int IDENTITY = 0;

    private final Halves identity;
    private final Start bucket;
    private boolean isEvent;

    private SeenReader(MessageType fileSchema, Type identityType, Halves identity, Start bucket) {
        super(List.of(RowReader.optional(fileSchema, identityType, identity), bucket));
        this.identity = identity;
        this.bucket = bucket;
    }

    static SeenReader of(Schema projection, MessageType fileSchema) {
        Type identity = fileSchema.getType(RawSchema.IDENTITY);
        Type bucket = fileSchema.getType(RawSchema.INGEST_BUCKET);
        return new SeenReader(
                fileSchema,
                identity,
                new Halves(RowReader.descriptor(fileSchema, identity)),
                new Start(RowReader.descriptor(fileSchema, bucket)));
    }

    boolean isEvent() {
        return isEvent;
    }

    long high() {
        return identity.high;
    }

    long low() {
        return identity.low;
    }

    long bucketMs() {
        return Math.floorDiv(bucket.micros, 1000L);
    }

    @Override
    protected SeenReader newStructData(SeenReader reuse) {
        return this;
    }

    @Override
    protected Object getField(SeenReader row, int column) {
        return null;
    }

    @Override
    protected SeenReader buildStruct(SeenReader row) {
        return row;
    }

    @Override
    protected void set(SeenReader row, int column, Object value) {
        if (column == IDENTITY) {
            isEvent = value != null;
        }
    }

    private static final class Halves extends PrimitiveReader<Boolean> {
        private long high;
        private long low;

        Halves(ColumnDescriptor descriptor) {
            super(descriptor);
        }

        @Override
        public Boolean read(Boolean reuse) {
            ByteBuffer bytes = column.nextBinary().toByteBuffer();
            int start = bytes.position();
            high = bytes.getLong(start);
            low = bytes.getLong(start + Long.BYTES);
            return Boolean.TRUE;
        }
    }

    private static final class Start extends PrimitiveReader<Boolean> {
        private long micros;

        Start(ColumnDescriptor descriptor) {
            super(descriptor);
        }

        @Override
        public Boolean read(Boolean reuse) {
            micros = column.nextLong();
            return Boolean.TRUE;
        }
    }
}
