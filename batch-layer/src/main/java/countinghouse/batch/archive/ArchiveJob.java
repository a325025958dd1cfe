package countinghouse.batch.archive;

import countinghouse.batch.archive.Archived.ArchivedTable;
import countinghouse.batch.catalog.IcebergCatalog;
import countinghouse.batch.run.AdvisoryLock;
import countinghouse.batch.run.Run;
import countinghouse.batch.run.Runs;
import countinghouse.batch.seal.Sealed;
import countinghouse.kit.command.CommandFailure;
import countinghouse.kit.command.ExitCode;
import countinghouse.kit.config.KafkaConfig;
import countinghouse.kit.database.Database;
import countinghouse.schemas.EventType;
import countinghouse.schemas.registry.HttpSchemaRegistry;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.apache.iceberg.AppendFiles;
import org.apache.iceberg.SerializableTable;
import org.apache.iceberg.Snapshot;
import org.apache.iceberg.Table;
import org.apache.iceberg.exceptions.CommitStateUnknownException;
import org.apache.iceberg.exceptions.ValidationException;
import org.apache.spark.api.java.JavaSparkContext;

/**
 * Archives what Kafka holds beyond the tables, up to beyond the run's ticks. Data and next offsets are one commit per table, and a
 * commit is refused unless the table's newest offsets are still those that the run started from: of two archivers one is harmless.
 */
public final class ArchiveJob {
    private static final String LOCK = "countinghouse archive";

    private final JavaSparkContext spark;
    private final IcebergCatalog catalog;
    private final KafkaConfig kafka;
    private final PartitionArchiver archiver;
    private final Database database;
    private final Runs runs;

    public ArchiveJob(
            JavaSparkContext spark,
            IcebergCatalog catalog,
            KafkaConfig kafka,
            PartitionArchiver archiver,
            Database database,
            Runs runs) {
        this.spark = spark;
        this.catalog = catalog;
        this.kafka = kafka;
        this.archiver = archiver;
        this.database = database;
        this.runs = runs;
    }

    /** Archives once per run; repeated, it tells what it did. */
    public Archived archive(Run run) {
        Sealed sealed = runs.required(run, Sealed.STEP);
        return runs.outcome(run, Archived.STEP).orElseGet(() -> {
            try (AdvisoryLock ignored = AdvisoryLock.take(database, LOCK)) {
                Archived archived = archive(run, sealed);
                runs.record(run, Archived.STEP, archived);
                return archived;
            }
        });
    }

    private Archived archive(Run run, Sealed sealed) {
        Map<EventType, Table> tables = new EnumMap<>(EventType.class);
        Map<EventType, ArchiveProgress> starts = new EnumMap<>(EventType.class);
        List<PartitionRange> ranges = new ArrayList<>();
        HttpSchemaRegistry registry = new HttpSchemaRegistry(archiver.registryUrl());
        try (LogEnds ends = new LogEnds(kafka.bootstrapServers())) {
            for (EventType type : EventType.values()) {
                Table table = catalog.prepareRaw(type);
                tables.put(type, table);
                if (ArchiveProgress.ofRun(table, run.id()).isEmpty()) {
                    ArchiveProgress start = ArchiveProgress.of(table);
                    starts.put(type, start);
                    ranges.addAll(ends.ranges(type, start, sealed.tickOffsets().get(type.topic())));
                    // Asked after the ends of the log: whatever was written before them was registered before.
                    catalog.widen(table, NewFields.columns(type, registry.versions(type.subject())));
                }
            }
        }
        Map<EventType, List<ArchivedRange>> written = write(tables, ranges);
        Map<String, ArchivedTable> outcome = new TreeMap<>();
        tables.forEach((type, table) -> {
            Snapshot snapshot = starts.containsKey(type)
                    ? commit(run, table, starts.get(type), written.getOrDefault(type, List.of()))
                    : ArchiveProgress.ofRun(table, run.id()).orElseThrow();
            ArchiveProgress reached = ArchiveProgress.of(snapshot);
            outcome.put(
                    type.slug(),
                    new ArchivedTable(snapshot.snapshotId(), reached.nextOffsets(), reached.runningMaxima()));
        });
        return new Archived(
                outcome,
                ranges.stream()
                        .mapToLong(range -> range.toOffset() - range.fromOffset())
                        .sum());
    }

    private Map<EventType, List<ArchivedRange>> write(Map<EventType, Table> tables, List<PartitionRange> ranges) {
        Map<EventType, List<ArchivedRange>> written = new EnumMap<>(EventType.class);
        if (ranges.isEmpty()) {
            return written;
        }
        EnumMap<EventType, Table> shipped = new EnumMap<>(EventType.class);
        tables.forEach((type, table) -> shipped.put(type, SerializableTable.copyOf(table)));
        PartitionArchiver work = archiver;
        List<ArchivedRange> results = spark.parallelize(ranges, ranges.size())
                .map(range -> work.archive(
                        shipped.get(range.type()), range, range.type().ordinal() * 100_000 + range.partition()))
                .collect();
        for (ArchivedRange result : results) {
            written.computeIfAbsent(result.range().type(), ignored -> new ArrayList<>())
                    .add(result);
        }
        return written;
    }

    private static Snapshot commit(Run run, Table table, ArchiveProgress start, List<ArchivedRange> ranges) {
        AppendFiles append = table.newAppend();
        Map<Integer, Long> nextOffsets = new TreeMap<>(start.nextOffsets());
        Map<Integer, Long> runningMaxima = new TreeMap<>(start.runningMaxima());
        String topicId = start.topicId();
        for (ArchivedRange archived : ranges) {
            archived.files().forEach(append::appendFile);
            nextOffsets.put(archived.range().partition(), archived.range().toOffset());
            runningMaxima.put(archived.range().partition(), archived.runningMaximumMs());
            topicId = archived.range().topicId();
        }
        new ArchiveProgress(topicId, nextOffsets, runningMaxima)
                .properties(run.id())
                .forEach(append::set);
        append.validateWith(new ProgressUnchanged(start));
        try {
            append.commit();
        } catch (CommitStateUnknownException e) {
            table.refresh();
            if (ArchiveProgress.ofRun(table, run.id()).isEmpty()) {
                throw new CommandFailure(
                        ExitCode.UNKNOWN_OUTCOME,
                        "The commit to %s may or may not have happened; run the same run id again, it will look"
                                .formatted(table.name()),
                        e);
            }
        } catch (ValidationException e) {
            throw new CommandFailure(ExitCode.TEMPORARY, e.getMessage() + "; run the same run id again", e);
        }
        table.refresh();
        Optional<Snapshot> committed = ArchiveProgress.ofRun(table, run.id());
        return committed.orElseThrow();
    }
}
