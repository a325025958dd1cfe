package countinghouse.ingestion.validity;

import countinghouse.ingestion.source.LabelledView;
import countinghouse.metering.event.Event;
import countinghouse.metering.history.HistoryJudge;
import countinghouse.metering.history.HistoryVerdicts;
import countinghouse.metering.history.HistoryView;
import countinghouse.metering.identity.DuplicateHorizon;
import countinghouse.metering.identity.DuplicateWindow;
import countinghouse.metering.identity.Identity;
import countinghouse.metering.rules.EventRules;
import countinghouse.metering.rules.ViewRules;
import countinghouse.metering.rules.Violation;
import countinghouse.metering.schedule.CountingSchedule;
import countinghouse.metering.time.BucketClock;
import countinghouse.schemas.EventType;
import countinghouse.schemas.Partitioning;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * Judges views as the batch layer does, by the same classes: identities and duplicates, the rules of events, the rules of views, and
 * history rules. Only what carries the records, Kafka and the archive, is left out. Does not look at labels.
 */
final class Judgement {
    private static final int PARTITIONS = 12;
    private static final Duration BUCKET_WIDTH = Duration.ofHours(1);
    private static final DuplicateHorizon HORIZON = DuplicateHorizon.of(Duration.ofDays(36), BUCKET_WIDTH);
    private static final String DUPLICATE = "duplicate";

    private final CountingSchedule schedule;
    private final EventRules eventRules = new EventRules();
    private final List<Partition> partitions = new ArrayList<>();
    private final List<HistoryView> historyViews = new ArrayList<>();

    private static final class Partition {
        private final BucketClock clock = new BucketClock(BUCKET_WIDTH, BucketClock.START);
        private final DuplicateWindow identities = new DuplicateWindow(HORIZON);
        private final HistoryVerdicts history = new HistoryVerdicts();
        private long nextOffset;
    }

    private record Placed(LabelledView view, Event event, int partition, long offset, long bucketMs, String reason) {}

    Judgement(CountingSchedule schedule) {
        this.schedule = schedule;
        for (int number = 0; number < PARTITIONS; number++) {
            partitions.add(new Partition());
        }
    }

    /** Judges views in the order of their arrival. */
    List<JudgedView> judge(List<LabelledView> views) {
        List<Placed> placed = new ArrayList<>();
        views.forEach(view -> placed.add(place(view)));
        judgeHistory();
        return placed.stream().map(one -> new JudgedView(one.view, reason(one))).toList();
    }

    private Placed place(LabelledView view) {
        Event event = new Event(
                EventType.VIEW,
                ViewRules.VIEW,
                view.id(),
                view.source(),
                view.account(),
                view.time().toEpochMilli(),
                view.data()::get);
        int number = Partitioning.partitionOf(view.account(), PARTITIONS);
        Partition partition = partitions.get(number);
        long appendTimeMs = view.arrival().toEpochMilli();
        long offset = partition.nextOffset++;
        long bucketMs = partition.clock.advance(appendTimeMs);
        Identity identity = Identity.of(event);
        schedule.historyViews(event, bucketMs, appendTimeMs, number, offset, identity, historyViews::add);
        String reason = partition.identities.observe(identity, bucketMs).isDuplicate()
                ? DUPLICATE
                : reason(event, appendTimeMs, bucketMs);
        return new Placed(view, event, number, offset, bucketMs, reason);
    }

    private String reason(Event event, long appendTimeMs, long bucketMs) {
        Optional<String> violated = eventRules.violation(event, appendTimeMs).map(Violation::rule);
        return violated.or(() -> schedule.at(bucketMs).rules().exclusionReason(event))
                .orElse(null);
    }

    private void judgeHistory() {
        HistoryView[] inOrder = historyViews.toArray(HistoryView[]::new);
        Arrays.sort(inOrder, HistoryView.ORDER);
        HistoryJudge judge = new HistoryJudge(schedule::historyAt);
        for (HistoryView view : inOrder) {
            int rule = judge.judge(view);
            if (rule != HistoryJudge.NONE) {
                partitions.get(view.partition()).history.exclude(view.offset(), rule);
            }
        }
    }

    private String reason(Placed one) {
        int rule = partitions.get(one.partition).history.of(one.offset);
        return one.reason != null ? one.reason : schedule.historyReason(one.bucketMs, rule);
    }
}
