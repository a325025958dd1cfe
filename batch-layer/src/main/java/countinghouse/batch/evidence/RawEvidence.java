package countinghouse.batch.evidence;

import countinghouse.batch.archive.ArchivedRecord;
import countinghouse.batch.catalog.IcebergCatalog;
import countinghouse.batch.catalog.IcebergConfig;
import countinghouse.batch.generation.Manifest;
import countinghouse.batch.generation.Versions;
import countinghouse.kit.config.ConfigurationFolder;
import countinghouse.kit.config.KafkaConfig;
import countinghouse.kit.config.Settings;
import countinghouse.metering.event.Position;
import countinghouse.metering.meter.Dimensions;
import countinghouse.metering.meter.Meter;
import countinghouse.metering.row.Contribution;
import countinghouse.metering.row.Quantity;
import countinghouse.metering.schedule.CountingSchedule;
import countinghouse.schemas.EventType;
import countinghouse.schemas.Partitioning;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.apache.iceberg.Table;

/**
 * Recomputes what an account was counted, from its raw events as a generation saw them: the generation's snapshots, closed buckets,
 * horizon and versions. It reads a partition in offset order and applies duplicates, rules and meters, exactly as a run does, and uses
 * nothing that a run has computed, not even identities.
 *
 * <p>The <b>list digest</b> of a line is the SHA-256 of the concatenation, over the line's counted events in the order of (partition as
 * a number, offset), of {@code TOPIC-PARTITION@OFFSET|IDENTITY|VALUE\n} in UTF-8: partition and offset in decimal, the identity as 32
 * lower-case hex digits, the contributed value without exponent and trailing zeros, and a line feed. No events: the SHA-256 of nothing.
 */
public final class RawEvidence implements AutoCloseable {
    private final IcebergCatalog catalog;
    private final int partitions;
    private final CountingSchedule current;

    /** Evidence from a catalog, which is closed with this. */
    public RawEvidence(IcebergCatalog catalog, int partitions, CountingSchedule schedule) {
        this.catalog = catalog;
        this.partitions = partitions;
        this.current = schedule;
    }

    public static RawEvidence open(Settings settings) {
        return new RawEvidence(
                IcebergCatalog.open(IcebergConfig.from(settings)),
                KafkaConfig.from(settings).partitions(),
                ConfigurationFolder.parse(settings, CountingSchedule::of));
    }

    /**
     * What the raw events of many lines come to, in the order of the lines. Lines that share a partition share one pass over it.
     *
     * @throws EvidenceException if the generation's pins cannot be met
     */
    public List<LineEvidence> usage(Manifest generation, List<EvidenceLine> lines) {
        CountingSchedule pinned = pinned(generation);
        List<LineAccumulator> accumulators = lines.stream()
                .map(line -> new LineAccumulator(line, meter(line, pinned)))
                .toList();
        byPartition(accumulators, pinned).forEach((type, byPartition) -> {
            Table table = catalog.raw(type);
            byPartition.forEach((partition, sharing) -> {
                LineIndex index = new LineIndex(sharing);
                new PinnedPartition(table, type, partition, generation, pinned)
                        .visit(index.fromMs(), index.toMs(), (record, reason) -> {
                            add(pinned, type, partition, record, reason, index);
                            return true;
                        });
            });
        });
        return accumulators.stream().map(LineAccumulator::complete).toList();
    }

    /**
     * Raw events of a line.
     *
     * @param after {@code next} of the page before; empty text for the first page
     * @param limit at least 1
     * @throws EvidenceException if the generation's pins cannot be met
     */
    public EvidencePage events(Manifest generation, EvidenceLine line, String after, int limit) {
        CountingSchedule pinned = pinned(generation);
        EventType type = typeOf(line, pinned);
        Table table = catalog.raw(type);
        Cursor start = Cursor.parse(after);
        List<EvidenceEvent> found = new ArrayList<>();
        for (int partition : partitionsOf(line)) {
            if (partition < start.partition()) {
                continue;
            }
            boolean goOn = new PinnedPartition(table, type, partition, generation, pinned)
                    .visit(line.fromMs(), line.toMs(), (record, reason) -> {
                        if (partition > start.partition() || record.offset() > start.offset()) {
                            contribution(pinned, type, partition, record, reason, line)
                                    .ifPresent(found::add);
                        }
                        return found.size() <= limit;
                    });
            if (!goOn) {
                break;
            }
        }
        if (found.size() <= limit) {
            return new EvidencePage(List.copyOf(found), Optional.empty());
        }
        List<EvidenceEvent> page = List.copyOf(found.subList(0, limit));
        return new EvidencePage(page, Optional.of(Cursor.of(page.get(limit - 1).position())));
    }

    private void add(
            CountingSchedule pinned,
            EventType type,
            int partition,
            ArchivedRecord record,
            String reason,
            LineIndex index) {
        pinned.evaluatorAt(record.bucketMs())
                .contributions(record.event(), reason, (meter, account, dimensions, cellMs, contribution) -> {
                    for (LineAccumulator candidate : index.candidates(meter.slug(), account, dimensions)) {
                        if (candidate.line().covers(record.event().occurredAtMs())) {
                            candidate.add(new EvidenceEvent(
                                    new Position(type.topic(), partition, record.offset()),
                                    record.appendTimeMs(),
                                    record.identity(),
                                    record.event(),
                                    billable(meter, contribution)));
                        }
                    }
                });
    }

    private Optional<EvidenceEvent> contribution(
            CountingSchedule pinned,
            EventType type,
            int partition,
            ArchivedRecord record,
            String reason,
            EvidenceLine line) {
        if (!line.covers(record.event().occurredAtMs())) {
            return Optional.empty();
        }
        List<EvidenceEvent> contributions = new ArrayList<>();
        pinned.evaluatorAt(record.bucketMs())
                .contributions(record.event(), reason, (meter, account, dimensions, cellMs, contribution) -> {
                    boolean isAccounts = line.accountDimension()
                            .map(dimension -> line.account()
                                    .equals(Dimensions.parse(dimensions).get(dimension)))
                            .orElseGet(() -> line.account().equals(account));
                    if (meter.slug().equals(line.meter()) && isAccounts) {
                        contributions.add(new EvidenceEvent(
                                new Position(type.topic(), partition, record.offset()),
                                record.appendTimeMs(),
                                record.identity(),
                                record.event(),
                                billable(meter, contribution)));
                    }
                });
        return contributions.stream().findFirst();
    }

    private static BigDecimal billable(Meter meter, Contribution contribution) {
        if (contribution instanceof Quantity quantity) {
            return quantity.number();
        }
        throw new EvidenceException(
                "The meter '%s' is an approximate unique count, which has no evidence".formatted(meter.slug()));
    }

    private Map<EventType, TreeMap<Integer, List<LineAccumulator>>> byPartition(
            List<LineAccumulator> accumulators, CountingSchedule pinned) {
        Map<EventType, TreeMap<Integer, List<LineAccumulator>>> grouped = new EnumMap<>(EventType.class);
        for (LineAccumulator accumulator : accumulators) {
            TreeMap<Integer, List<LineAccumulator>> ofType =
                    grouped.computeIfAbsent(typeOf(accumulator.line(), pinned), ignored -> new TreeMap<>());
            for (int partition : partitionsOf(accumulator.line())) {
                ofType.computeIfAbsent(partition, ignored -> new ArrayList<>()).add(accumulator);
            }
        }
        return grouped;
    }

    /** An account's own events are in one partition; events that name it in a dimension may be anywhere. */
    private List<Integer> partitionsOf(EvidenceLine line) {
        if (line.accountDimension().isEmpty()) {
            return List.of(Partitioning.partitionOf(line.account(), partitions));
        }
        List<Integer> all = new ArrayList<>();
        for (int partition = 0; partition < partitions; partition++) {
            all.add(partition);
        }
        return all;
    }

    private static EventType typeOf(EvidenceLine line, CountingSchedule pinned) {
        return EventType.ofCloudEventType(meter(line, pinned).eventType());
    }

    private static Meter meter(EvidenceLine line, CountingSchedule pinned) {
        return pinned.meters()
                .meter(line.meter())
                .orElseThrow(() -> new EvidenceException("There is no meter '%s'".formatted(line.meter())));
    }

    /** The versions that the generation was counted with, whatever has been added since. */
    private CountingSchedule pinned(Manifest generation) {
        Versions versions = generation.versions();
        try {
            return current.pinnedTo(versions.counting()).backfilled(versions.backfilled());
        } catch (IllegalArgumentException e) {
            throw new EvidenceException(
                    "Generation %d cannot be verified here: %s".formatted(generation.generation(), e.getMessage()), e);
        }
    }

    @Override
    public void close() {
        catalog.close();
    }

    /** A place between two events of a line. */
    private record Cursor(int partition, long offset) {
        static Cursor parse(String text) {
            if (text.isEmpty()) {
                return new Cursor(-1, -1);
            }
            String[] parts = text.split("@", -1);
            try {
                return new Cursor(Integer.parseInt(parts[0]), Long.parseLong(parts[1]));
            } catch (NumberFormatException | ArrayIndexOutOfBoundsException e) {
                throw new EvidenceException("'%s' is not where a page ends; use 'next' of a page".formatted(text), e);
            }
        }

        static String of(Position position) {
            return position.partition() + "@" + position.offset();
        }
    }
}
