package countinghouse.batch.archive;

import java.io.Serializable;
import java.util.List;
import org.apache.iceberg.DataFile;

/**
 * What a task has written.
 *
 * @param range what it was asked for; every offset of it is in the files
 * @param files in offset order
 * @param runningMaximumMs append-time maximum of everything before the range's end
 */
record ArchivedRange(PartitionRange range, List<DataFile> files, long runningMaximumMs) implements Serializable {}
