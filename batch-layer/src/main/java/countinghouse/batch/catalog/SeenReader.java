package countinghouse.batch.catalog;

import org.apache.iceberg.parquet.ParquetValueReaders.PrimitiveReader;
import org.apache.iceberg.shaded.org.apache.parquet.column.ColumnDescriptor;
import org.apache.iceberg.shaded.org.apache.parquet.column.page.PageReadStore;
import org.apache.iceberg.shaded.org.apache.parquet.schema.MessageType;

/** Reads identity and bucket of a row into itself; every row it reads is the same object. */
final class SeenReader extends PrimitiveReader<SeenReader> {
    private final IdentityColumn identity;
    private final InstantColumn bucket;
    private boolean isEvent;

    private SeenReader(ColumnDescriptor identity, ColumnDescriptor bucket) {
        super(identity);
        this.identity = new IdentityColumn(identity);
        this.bucket = new InstantColumn(bucket);
    }

    static SeenReader of(MessageType fileSchema) {
        return new SeenReader(
                RowReader.descriptor(fileSchema, fileSchema.getType(RawSchema.IDENTITY)),
                RowReader.descriptor(fileSchema, fileSchema.getType(RawSchema.INGEST_BUCKET)));
    }

    boolean isEvent() {
        return isEvent;
    }

    long high() {
        return identity.high();
    }

    long low() {
        return identity.low();
    }

    long bucketMs() {
        return bucket.value();
    }

    @Override
    public SeenReader read(SeenReader reuse) {
        isEvent = identity.next();
        bucket.next();
        return this;
    }

    @Override
    public void setPageSource(PageReadStore rowGroup) {
        identity.setPageSource(rowGroup);
        bucket.setPageSource(rowGroup);
    }
}
