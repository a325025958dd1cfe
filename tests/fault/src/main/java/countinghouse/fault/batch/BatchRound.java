package countinghouse.fault.batch;

import countinghouse.fault.load.Load;
import countinghouse.fault.log.EventLog;
import countinghouse.fault.process.Pause;
import countinghouse.fault.report.Comparison;
import countinghouse.fault.report.Round;
import java.time.Duration;
import java.util.Map;
import org.apache.kafka.common.TopicPartition;
import org.awaitility.Awaitility;

/** Load, a batch run in which something is killed, the same run again until it succeeds, and the comparison. */
final class BatchRound {
    private static final Duration POLL = Duration.ofMillis(100);
    private static final Duration DELIVERY_LIMIT = Duration.ofMinutes(5);

    private final BatchKill kill;
    private final Reruns reruns;
    private final Load load;
    private final EventLog log;
    private final Archive archive;
    private final BatchComparison comparison;

    BatchRound(BatchKill kill, Reruns reruns, Load load, EventLog log, Archive archive, BatchComparison comparison) {
        this.kill = kill;
        this.reruns = reruns;
        this.load = load;
        this.log = log;
        this.archive = archive;
        this.comparison = comparison;
    }

    Round run(int number, BatchPlan plan) {
        long acknowledgedBefore = load.acknowledged().total();
        long resentBefore = load.resent();
        load.resume();
        Pause.of(plan.loadBefore());
        Map<TopicPartition, Long> before = log.ends();
        long inFlight = load.unacknowledged() + unarchived(before);

        BatchKill.Killed killed = kill.during(plan, "fault-" + number);
        Reruns.Outcome outcome = reruns.untilPublished(killed);

        load.pause();
        Awaitility.await("delivery of every event")
                .atMost(DELIVERY_LIMIT)
                .pollInterval(POLL)
                .until(load::isDelivered);
        Comparison result =
                comparison.compare(before, log.ends()).and(killed.problems()).and(outcome.problems());
        return new Round(
                number,
                killed.happened() ? plan.victim().label() : null,
                null,
                killed.pidBefore(),
                killed.pidAfter() == null ? outcome.sparkPid() : killed.pidAfter(),
                killed.phase().label(),
                inFlight,
                killed.pidAfter() == null ? outcome.secondsToRestart() : killed.secondsToRestart(),
                null,
                outcome.secondsToPublish(),
                result.rowsCompared(),
                result.differences(),
                result.examples(),
                load.acknowledged().total() - acknowledgedBefore,
                load.resent() - resentBefore);
    }

    private long unarchived(Map<TopicPartition, Long> ends) {
        Map<TopicPartition, Long> next = archive.nextOffsets();
        return ends.entrySet().stream()
                .mapToLong(end -> Math.max(0, end.getValue() - next.getOrDefault(end.getKey(), 0L)))
                .sum();
    }
}
