package countinghouse.batch.erasure;

import countinghouse.batch.catalog.OffsetOrder;
import java.io.Serializable;
import java.util.List;
import java.util.stream.Stream;
import org.apache.iceberg.DataFile;

/**
 * A file of the archive with records of a person.
 *
 * @param offsets of the person's records
 * @param own in how many of them the person is the account itself
 * @param lastBucketMs start of the newest ingest bucket of them
 */
record PersonFile(DataFile file, List<Long> offsets, long own, long lastBucketMs) implements Serializable {
    /** Where the records lie in the type's topic: files of before and after a merge hold the same. */
    Stream<String> positions() {
        int partition = OffsetOrder.partitionOf(file);
        return offsets.stream().map(offset -> partition + "@" + offset);
    }
}
