package countinghouse.batch.proof;

import countinghouse.batch.archive.ArchiveProgress;
import countinghouse.batch.archive.LogBounds;
import countinghouse.batch.catalog.IcebergCatalog;
import countinghouse.batch.generation.Generation;
import countinghouse.batch.generation.Generations;
import countinghouse.batch.recompute.Conservation;
import countinghouse.kit.config.KafkaConfig;
import countinghouse.schemas.EventType;
import java.io.IOException;
import java.io.Serializable;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.apache.iceberg.DataFile;
import org.apache.iceberg.FileScanTask;
import org.apache.iceberg.SerializableTable;
import org.apache.iceberg.Table;
import org.apache.iceberg.io.CloseableIterable;
import org.apache.kafka.common.TopicPartition;
import org.apache.spark.api.java.JavaSparkContext;

/**
 * Proves that the archive is what was sent: every record of every partition once and in order, from offset 0 to where the archive says
 * that it ends, the broker's log not beyond it, and every closed record accounted for by the generation that is served. It reads the
 * tables as they are now, not as a generation saw them.
 */
public final class ProofJob {
    private final JavaSparkContext spark;
    private final IcebergCatalog catalog;
    private final KafkaConfig kafka;
    private final Generations generations;
    private final Proofs proofs;

    public ProofJob(
            JavaSparkContext spark, IcebergCatalog catalog, KafkaConfig kafka, Generations generations, Proofs proofs) {
        this.spark = spark;
        this.catalog = catalog;
        this.kafka = kafka;
        this.generations = generations;
        this.proofs = proofs;
    }

    /** @param deleteFiles by which another program deleted some of its records */
    private record ArchiveFile(EventType type, DataFile file, int deleteFiles) implements Serializable {}

    /** Proves, and keeps what came of it in {@code published.proof}. */
    public Proof prove() {
        // In this order each is at least as new as the one before, whatever is archived or published meanwhile.
        Optional<Generation> generation = generations.current();
        Map<TopicPartition, Conservation> conservation =
                generation.map(current -> proofs.conservation(current.number())).orElse(Map.of());
        EnumMap<EventType, Table> tables = new EnumMap<>(EventType.class);
        for (EventType type : EventType.values()) {
            tables.put(type, catalog.raw(type));
        }
        Map<EventType, LogBounds> log = LogBounds.ofEveryTopic(kafka.bootstrapServers());
        Map<TopicPartition, List<FileCensus>> files =
                census(tables, generation.map(Generation::closedThroughMs).orElse(0L));
        List<PartitionProof> partitions = new ArrayList<>();
        tables.forEach((type, table) -> {
            ArchiveProgress progress = ArchiveProgress.of(table);
            TreeSet<Integer> numbers = new TreeSet<>(log.get(type).ends().keySet());
            numbers.addAll(progress.nextOffsets().keySet());
            for (int partition : numbers) {
                TopicPartition place = new TopicPartition(type.topic(), partition);
                Conservation counted = generation.isEmpty()
                        ? null
                        : conservation.getOrDefault(place, Conservation.none(type.topic(), partition));
                partitions.add(new PartitionCheck(type.topic(), partition)
                        .prove(files.getOrDefault(place, List.of()), progress, log.get(type), counted));
            }
        });
        return proofs.keep(generation.map(Generation::number).orElse(null), partitions);
    }

    private Map<TopicPartition, List<FileCensus>> census(EnumMap<EventType, Table> tables, long closedThroughMs) {
        EnumMap<EventType, Table> shipped = new EnumMap<>(EventType.class);
        List<ArchiveFile> files = new ArrayList<>();
        tables.forEach((type, table) -> {
            shipped.put(type, SerializableTable.copyOf(table));
            files.addAll(plan(type, table));
        });
        if (files.isEmpty()) {
            return Map.of();
        }
        CensusTask task = new CensusTask(closedThroughMs);
        return spark
                .parallelize(files, files.size())
                .map(one -> task.census(one.type(), shipped.get(one.type()), one.file(), one.deleteFiles()))
                .collect()
                .stream()
                .collect(Collectors.groupingBy(
                        file -> new TopicPartition(file.type().topic(), file.partition())));
    }

    private static List<ArchiveFile> plan(EventType type, Table table) {
        List<ArchiveFile> files = new ArrayList<>();
        try (CloseableIterable<FileScanTask> tasks = table.newScan().planFiles()) {
            tasks.forEach(task -> files.add(
                    new ArchiveFile(type, task.file().copy(), task.deletes().size())));
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot plan the files of %s".formatted(table.name()), e);
        }
        return files;
    }
}
