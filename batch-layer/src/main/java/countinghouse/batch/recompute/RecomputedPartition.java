package countinghouse.batch.recompute;

import java.io.Serializable;
import java.util.List;
import java.util.Map;
import org.apache.iceberg.DataFile;

/**
 * What a task has written.
 *
 * @param files by the table they belong to
 * @param conservation where the records went, by ingest day
 * @param rows counted
 */
record RecomputedPartition(Map<CountsTable, List<DataFile>> files, Map<Integer, Conservation> conservation, long rows)
        implements Serializable {}
