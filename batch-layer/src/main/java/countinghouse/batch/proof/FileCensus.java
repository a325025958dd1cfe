package countinghouse.batch.proof;

import countinghouse.schemas.EventType;
import java.io.Serializable;
import java.util.List;

/**
 * What one file of the archive holds, read record by record.
 *
 * @param type of the archive table
 * @param partition of the type's topic
 * @param firstOffset of the file's first record
 * @param lastOffset highest offset in the file
 * @param lastBucketMs start of its last ingest bucket
 * @param firstBucketMs start of its first ingest bucket
 * @param runningMaximumMs greatest append time in it
 * @param closed its records in closed buckets
 * @param open number of its records in later buckets
 * @param faults what is wrong within the file, each naming its place
 */
record FileCensus(
        EventType type,
        int partition,
        long firstOffset,
        long lastOffset,
        long firstBucketMs,
        long lastBucketMs,
        long runningMaximumMs,
        Kinds closed,
        long open,
        List<String> faults)
        implements Serializable {}
