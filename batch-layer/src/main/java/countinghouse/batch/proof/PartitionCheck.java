package countinghouse.batch.proof;

import countinghouse.batch.archive.ArchiveProgress;
import countinghouse.batch.archive.LogBounds;
import countinghouse.batch.recompute.Conservation;
import countinghouse.metering.row.RowKey;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Puts the files of one partition together and compares them with the archive's own word, the broker and the generation. */
final class PartitionCheck {
    private final String topic;
    private final int partition;
    private final String name;
    private final List<String> faults = new ArrayList<>();
    private Kinds closed = Kinds.NONE;
    private long open;
    private long nextOffset;
    private long runningMaximumMs = Long.MIN_VALUE;

    PartitionCheck(String topic, int partition) {
        this.topic = topic;
        this.partition = partition;
        this.name = RowKey.partitionName(topic, partition);
    }

    /**
     * The proof of the partition.
     *
     * @param files of the partition
     * @param progress what the archive says it holds
     * @param log what the broker holds
     * @param generation where the generation's records went; null if nothing is published
     */
    PartitionProof prove(List<FileCensus> files, ArchiveProgress progress, LogBounds log, Conservation generation) {
        addUp(files);
        long logStart = log.starts().getOrDefault(partition, 0L);
        long logEnd = log.ends().getOrDefault(partition, 0L);
        compareWithProgress(progress);
        compareWithLog(progress, log.topicId(), logStart, logEnd);
        if (generation != null) {
            compareWithGeneration(generation);
        }
        return new PartitionProof(
                topic, partition, nextOffset, logStart, logEnd, open, generation, List.copyOf(faults));
    }

    private void addUp(List<FileCensus> files) {
        long lastBucketMs = Long.MIN_VALUE;
        for (FileCensus file : files.stream()
                .sorted(Comparator.comparingLong(FileCensus::firstOffset))
                .toList()) {
            if (file.firstOffset() != nextOffset) {
                faults.add(Offsets.fault(name, nextOffset, file.firstOffset()));
            } else if (file.firstBucketMs() < lastBucketMs) {
                faults.add("%s: the record at offset %d is in an earlier ingest bucket than the one before it"
                        .formatted(name, file.firstOffset()));
            }
            faults.addAll(file.faults());
            closed = closed.plus(file.closed());
            open += file.open();
            nextOffset = Math.max(nextOffset, file.lastOffset() + 1);
            lastBucketMs = Math.max(lastBucketMs, file.lastBucketMs());
            runningMaximumMs = Math.max(runningMaximumMs, file.runningMaximumMs());
        }
    }

    private void compareWithProgress(ArchiveProgress progress) {
        long promised = progress.nextOffsets().getOrDefault(partition, 0L);
        if (nextOffset < promised) {
            faults.add(Offsets.fault(name, nextOffset, promised));
        } else if (nextOffset > promised) {
            faults.add("%s: the record at offset %d is there, and the archive's next offset is %d"
                    .formatted(name, nextOffset - 1, promised));
        }
        Long maximum = progress.runningMaxima().get(partition);
        if (maximum != null && nextOffset > 0 && maximum != runningMaximumMs) {
            faults.add("%s: the append times reach %d ms and the archive's running maximum is %d ms"
                    .formatted(name, runningMaximumMs, maximum));
        }
    }

    private void compareWithLog(ArchiveProgress progress, String topicId, long logStart, long logEnd) {
        if (progress.topicId() != null && !progress.topicId().equals(topicId)) {
            faults.add("%s: the topic was made anew (its id is %s, and was %s)"
                    .formatted(name, topicId, progress.topicId()));
        } else if (logStart > nextOffset) {
            faults.add("%s: retention has overtaken the archive, the records at offsets %d..%d are lost"
                    .formatted(name, nextOffset, logStart - 1));
        } else if (logEnd < nextOffset) {
            faults.add("%s: the log ends at offset %d, and the archive at %d: the broker has lost records"
                    .formatted(name, logEnd, nextOffset));
        }
    }

    private void compareWithGeneration(Conservation generation) {
        if (!generation.balances()) {
            faults.add("%s: of %d records the generation accounts for %d"
                    .formatted(name, generation.archived(), generation.accountedFor()));
        }
        compare("records", closed.records(), generation.archived());
        compare("ticks", closed.ticks(), generation.ticks());
        compare("undecodable records", closed.undecodable(), generation.undecodable());
    }

    private void compare(String what, long found, long counted) {
        if (found != counted) {
            faults.add("%s: the archive has %d %s in closed buckets up to offset %d, and the generation was made of %d"
                    .formatted(name, found, what, nextOffset - 1, counted));
        }
    }
}
