package countinghouse.batch.recompute;

import countinghouse.metering.history.HistoryVerdicts;
import countinghouse.schemas.EventType;
import java.io.Serializable;
import java.util.List;
import org.apache.iceberg.DataFile;

/**
 * What one task recomputes: an ingest day of a partition.
 *
 * @param task number of the task, unique in its job
 * @param type decides topic and table
 * @param partition of the topic
 * @param firstOffset that the day must begin with, or {@link PartitionRecompute#UNKNOWN}
 * @param lookBack files before the day, in offset order
 * @param day files of the day, in offset order
 * @param history views of the partition that history rules exclude
 */
record PartitionFiles(
        int task,
        EventType type,
        int partition,
        long firstOffset,
        List<DataFile> lookBack,
        List<DataFile> day,
        HistoryVerdicts history)
        implements Serializable {}
