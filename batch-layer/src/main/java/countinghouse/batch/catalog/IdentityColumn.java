package countinghouse.batch.catalog;

import countinghouse.metering.identity.Identity;
import java.nio.ByteBuffer;
import org.apache.iceberg.shaded.org.apache.parquet.column.ColumnDescriptor;
import org.apache.iceberg.shaded.org.apache.parquet.column.Dictionary;

/** Identities, 16 big-endian bytes each; the halves of the last one can be had without an object. */
final class IdentityColumn extends FlatColumn<Identity> {
    private Identity[] identities;
    private long high;
    private long low;

    IdentityColumn(ColumnDescriptor descriptor) {
        super(descriptor);
    }

    @Override
    void open(Dictionary entries, int size) {
        identities = new Identity[size];
        for (int entry = 0; entry < size; entry++) {
            identities[entry] = Identity.ofBytes(entries.decodeToBinary(entry).getBytes());
        }
    }

    @Override
    void take(int entry) {
        high = identities[entry].high();
        low = identities[entry].low();
    }

    @Override
    void take(ByteBuffer bytes) {
        high = Long.reverseBytes(bytes.getLong());
        low = Long.reverseBytes(bytes.getLong());
    }

    @Override
    Identity value() {
        return new Identity(high, low);
    }

    long high() {
        return high;
    }

    long low() {
        return low;
    }
}
