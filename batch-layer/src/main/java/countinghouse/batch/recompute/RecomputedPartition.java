package countinghouse.batch.recompute;

import java.io.Serializable;
import java.util.List;
import java.util.Map;
import org.apache.iceberg.DataFile;

/** What a task has written, and where the records went by ingest day. */
record RecomputedPartition(
        List<DataFile> files, List<DataFile> lateFiles, Map<Integer, Conservation> conservation, long rows)
        implements Serializable {}
