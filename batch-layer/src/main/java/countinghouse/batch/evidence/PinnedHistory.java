package countinghouse.batch.evidence;

import countinghouse.batch.archive.ArchivedEvents;
import countinghouse.batch.archive.ArchivedRecord;
import countinghouse.batch.archive.ArchivedRecord.Kind;
import countinghouse.batch.catalog.HistoryColumns;
import countinghouse.batch.catalog.OffsetOrder;
import countinghouse.batch.catalog.RecordFiles;
import countinghouse.batch.recompute.DayRange;
import countinghouse.metering.history.HistoryJudge;
import countinghouse.metering.history.HistoryKey;
import countinghouse.metering.history.HistoryVerdicts;
import countinghouse.metering.history.HistoryView;
import countinghouse.metering.identity.Identity;
import countinghouse.metering.schedule.CountingSchedule;
import countinghouse.schemas.EventType;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import org.apache.iceberg.DataFile;
import org.apache.iceberg.Table;

/**
 * What history rules say of the views of one partition, judged anew from the raw views of every partition: a viewer's other views may be
 * anywhere. Holds the views of those viewers only.
 */
final class PinnedHistory {
    private final Table views;
    private final long snapshotId;
    private final CountingSchedule schedule;
    private final long closedThroughMs;

    private record Viewed(HistoryKey key, long valueHigh, long valueLow) {
        static Viewed of(HistoryView view) {
            return new Viewed(view.key(), view.valueHigh(), view.valueLow());
        }
    }

    PinnedHistory(Table views, long snapshotId, CountingSchedule schedule, long closedThroughMs) {
        this.views = views;
        this.snapshotId = snapshotId;
        this.schedule = schedule;
        this.closedThroughMs = closedThroughMs;
    }

    /** The verdicts on a partition's views of some days. */
    HistoryVerdicts verdicts(int partition, DayRange days) {
        Set<Viewed> wanted = new HashSet<>();
        read(
                OffsetOrder.files(views, snapshotId, days.fromDay(), days.toDay(), partition),
                view -> wanted.add(Viewed.of(view)));
        List<HistoryView> all = new ArrayList<>();
        int oldest = days.lookBackFrom(schedule.historyLookBackMs());
        read(OffsetOrder.files(views, snapshotId, oldest, days.toDay()), view -> {
            if (wanted.contains(Viewed.of(view))) {
                all.add(view);
            }
        });
        all.sort(HistoryView.ORDER);
        HistoryJudge judge = new HistoryJudge(schedule::historyAt);
        HistoryVerdicts verdicts = new HistoryVerdicts();
        for (HistoryView view : all) {
            int rule = judge.judge(view);
            if (rule != HistoryJudge.NONE && view.partition() == partition) {
                verdicts.exclude(view.offset(), rule);
            }
        }
        return verdicts;
    }

    private void read(List<DataFile> files, Consumer<HistoryView> sink) {
        ArchivedEvents events = new ArchivedEvents(EventType.VIEW);
        for (DataFile file : files) {
            int partition = OffsetOrder.partitionOf(file);
            try (RecordFiles rows = new RecordFiles(views.io(), HistoryColumns.withIdentity(views), List.of(file))) {
                rows.forEachRemaining(row -> {
                    ArchivedRecord record = events.record(row);
                    if (record.kind() == Kind.EVENT && record.bucketMs() < closedThroughMs) {
                        schedule.historyViews(
                                record.event(),
                                record.bucketMs(),
                                record.appendTimeMs(),
                                partition,
                                record.offset(),
                                Identity.of(record.event()),
                                sink);
                    }
                });
            }
        }
    }
}
