package countinghouse.batch.recompute;

import countinghouse.schemas.EventType;
import java.io.Serializable;
import java.util.List;
import org.apache.iceberg.DataFile;

/**
 * What one task recomputes.
 *
 * @param task number of the task, unique in its job
 * @param type decides topic and table
 * @param partition of the topic
 * @param lookBack files before the days, in offset order
 * @param days files of the days, in offset order
 */
record PartitionFiles(int task, EventType type, int partition, List<DataFile> lookBack, List<DataFile> days)
        implements Serializable {}
