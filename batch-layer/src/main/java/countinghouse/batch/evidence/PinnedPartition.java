package countinghouse.batch.evidence;

import countinghouse.batch.archive.ArchivedEvents;
import countinghouse.batch.archive.ArchivedRecord;
import countinghouse.batch.archive.ArchivedRecord.Kind;
import countinghouse.batch.catalog.IcebergCatalog;
import countinghouse.batch.catalog.OffsetOrder;
import countinghouse.batch.catalog.RawSchema;
import countinghouse.batch.catalog.RecordFiles;
import countinghouse.batch.generation.Manifest;
import countinghouse.batch.recompute.DayRange;
import countinghouse.batch.recompute.Judge;
import countinghouse.metering.history.HistoryVerdicts;
import countinghouse.metering.identity.DuplicateHorizon;
import countinghouse.metering.identity.Identity;
import countinghouse.metering.rules.EventRules;
import countinghouse.metering.schedule.CountingSchedule;
import countinghouse.schemas.EventType;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.List;
import org.apache.iceberg.DataFile;
import org.apache.iceberg.SnapshotRef;
import org.apache.iceberg.Table;

/** One partition of the archive as a generation saw it: its snapshot, its closed buckets, its horizon. */
final class PinnedPartition {
    /** 36 to 72 bytes each. */
    private static final long IDENTITIES_HELD = 1_000_000;

    private final Table table;
    private final EventType type;
    private final int partition;
    private final Manifest manifest;
    private final CountingSchedule schedule;
    private final long identitiesHeld;
    private long previousOffset;

    PinnedPartition(Table table, EventType type, int partition, Manifest manifest, CountingSchedule schedule) {
        this(table, type, partition, manifest, schedule, IDENTITIES_HELD);
    }

    /** @param identitiesHeld records that may be held in memory at once, unless a single day has more */
    PinnedPartition(
            Table table,
            EventType type,
            int partition,
            Manifest manifest,
            CountingSchedule schedule,
            long identitiesHeld) {
        this.identitiesHeld = identitiesHeld;
        this.table = table;
        this.type = type;
        this.partition = partition;
        this.manifest = manifest;
        this.schedule = schedule;
    }

    /** Takes a valid event, and the id of the history rule that excludes it, or null. */
    @FunctionalInterface
    interface Visitor {
        /** False to see no more. */
        boolean visit(ArchivedRecord record, String historyReason);
    }

    /**
     * Visits the valid events that may lie in a range of event time, in offset order, as long as the visitor wants more. Holds the identities
     * of as many ingest days as the budget allows, at least of one; the look-back streams past.
     *
     * @return false if the visitor wants no more
     */
    boolean visit(long fromMs, long toMs, Visitor visitor) {
        DayRange days = daysOf(fromMs, toMs);
        long horizonMs = manifest.versions().batchHorizonMs();
        List<DataFile> files =
                OffsetOrder.files(table, snapshotId(), days.lookBackFrom(horizonMs), days.toDay(), partition);
        previousOffset = -1;
        for (DaysHeld held : DaysHeld.of(files, days, identitiesHeld)) {
            if (!visit(held, horizonMs, visitor)) {
                return false;
            }
        }
        return true;
    }

    private boolean visit(DaysHeld held, long horizonMs, Visitor visitor) {
        Judge judge = new Judge(new DuplicateHorizon(horizonMs));
        List<DataFile> before = held.before(horizonMs);
        if (!before.isEmpty()) {
            announce(judge, held.files());
            remember(judge, before);
        }
        return judge(judge, held.files(), history(held.days()), visitor);
    }

    private HistoryVerdicts history(DayRange days) {
        if (type != EventType.VIEW || !schedule.hasHistoryRules()) {
            return new HistoryVerdicts();
        }
        return new PinnedHistory(
                        table, snapshotId(), schedule, manifest.closedThrough().toEpochMilli())
                .verdicts(partition, days);
    }

    private void announce(Judge judge, List<DataFile> files) {
        try (RecordFiles rows = new RecordFiles(
                table.io(),
                table.schema().select(RawSchema.KIND, RawSchema.ACCOUNT, RawSchema.SOURCE, RawSchema.EVENT_ID),
                files)) {
            rows.forEachRemaining(row -> {
                if (row.getField(RawSchema.KIND).equals(Kind.EVENT.text())) {
                    judge.announce(Identity.of(
                            type.topic(),
                            (String) row.getField(RawSchema.ACCOUNT),
                            (String) row.getField(RawSchema.SOURCE),
                            (String) row.getField(RawSchema.EVENT_ID)));
                }
            });
        }
    }

    private void remember(Judge judge, List<DataFile> files) {
        try (RecordFiles rows = new RecordFiles(
                table.io(), table.schema().select(RawSchema.IDENTITY, RawSchema.INGEST_BUCKET), files)) {
            rows.forEachRemaining(row -> {
                byte[] identity = (byte[]) row.getField(RawSchema.IDENTITY);
                if (identity != null) {
                    OffsetDateTime bucket = (OffsetDateTime) row.getField(RawSchema.INGEST_BUCKET);
                    judge.remember(
                            Identity.ofBytes(identity), bucket.toInstant().toEpochMilli());
                }
            });
        }
    }

    private boolean judge(Judge judge, List<DataFile> files, HistoryVerdicts history, Visitor visitor) {
        ArchivedEvents events = new ArchivedEvents(type);
        long closedThroughMs = manifest.closedThrough().toEpochMilli();
        try (RecordFiles rows = new RecordFiles(table.io(), table.schema(), files)) {
            while (rows.hasNext()) {
                ArchivedRecord record = withOwnIdentity(events.record(rows.next()));
                requireOrder(record.offset());
                previousOffset = record.offset();
                if (record.bucketMs() >= closedThroughMs) {
                    return true;
                }
                String reason = schedule.historyReason(record.bucketMs(), history.of(record.offset()));
                if (judge.judge(record).isValid() && !visitor.visit(record, reason)) {
                    return false;
                }
            }
        }
        return true;
    }

    /** The identity that the event itself has: a changed event cannot hide behind the identity stored beside it. */
    private static ArchivedRecord withOwnIdentity(ArchivedRecord record) {
        return record.kind() != Kind.EVENT
                ? record
                : new ArchivedRecord(
                        record.kind(),
                        record.offset(),
                        record.appendTimeMs(),
                        record.bucketMs(),
                        Identity.of(record.event()),
                        record.event());
    }

    private void requireOrder(long offset) {
        if (offset <= previousOffset) {
            throw new EvidenceException(
                    "The archive of %s-%d has offset %d after %d; restore its files, which are not in offset order"
                            .formatted(type.topic(), partition, offset, previousOffset));
        }
    }

    /** A valid event arrives at most 5 minutes before and 35 days after its time; one day more for a broker's unsteady clock. */
    private DayRange daysOf(long fromMs, long toMs) {
        long firstMs = fromMs - EventRules.MAX_AHEAD.toMillis();
        long lastMs = toMs + EventRules.MAX_BEHIND.plus(Duration.ofDays(1)).toMillis();
        long closedThroughMs = manifest.closedThrough().toEpochMilli();
        return DayRange.touching(Math.min(firstMs, closedThroughMs - 1), Math.min(lastMs, closedThroughMs));
    }

    /** What the generation's tag holds: the snapshot that its manifest names, or the one that followed it when a person was erased. */
    private long snapshotId() {
        SnapshotRef tagged = table.refs().get(manifest.tag());
        if (tagged != null) {
            return tagged.snapshotId();
        }
        Long snapshotId = manifest.snapshots().get(IcebergCatalog.rawName(type));
        if (snapshotId == null || table.snapshot(snapshotId) == null) {
            throw new EvidenceException(
                    "Generation %d names snapshot %s of %s, which is gone; its tag %s must not be dropped while bills may be disputed"
                            .formatted(
                                    manifest.generation(), snapshotId, IcebergCatalog.rawName(type), manifest.tag()));
        }
        return snapshotId;
    }
}
