package countinghouse.fault.speed;

import countinghouse.fault.load.Load;
import countinghouse.fault.log.EventLog;
import countinghouse.fault.process.Killing;
import countinghouse.fault.process.Pause;
import countinghouse.fault.process.Seconds;
import countinghouse.fault.report.Comparison;
import countinghouse.fault.report.Round;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import org.apache.kafka.common.TopicPartition;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionTimeoutException;

/** Load, a kill, a restart, the wait for the counts, and the comparison. */
final class SpeedRound {
    private static final String LIVE = "live";
    private static final String COUNTING = "counting";
    private static final String RESTARTING = "restarting";
    private static final Duration POLL = Duration.ofMillis(100);
    private static final Duration DELIVERY_LIMIT = Duration.ofMinutes(5);
    private static final Duration CATCH_UP_LIMIT = Duration.ofMinutes(10);

    private final Killing killing;
    private final Load load;
    private final EventLog log;
    private final RedisCounts redis;
    private final SpeedComparison comparison;

    SpeedRound(Killing killing, Load load, EventLog log, RedisCounts redis, SpeedComparison comparison) {
        this.killing = killing;
        this.load = load;
        this.log = log;
        this.redis = redis;
        this.comparison = comparison;
    }

    Round run(int number, Plan plan) {
        long acknowledgedBefore = load.acknowledged().total();
        long resentBefore = load.resent();
        load.resume();
        Pause.of(plan.loadBefore());

        String phase = plan.again() ? RESTARTING : phase();
        long inFlight = load.unacknowledged() + redis.behind(log.ends());
        Map<TopicPartition, Long> endsAtKill = log.ends();
        String victim = plan.victim().component();
        Long pidBefore = killing.pid(victim);
        long killedAt = System.nanoTime();
        boolean killed = kill(plan);
        Pause.of(plan.down());
        long lastKilledAt = plan.again() ? killWhileItStarts(victim, plan.untilAgain()) : killedAt;
        restart(plan);
        double secondsToRestart = Seconds.since(lastKilledAt);
        Double secondsToFirstRecord = countsBeyond(endsAtKill) ? Seconds.since(lastKilledAt) : null;

        load.pause();
        Awaitility.await("delivery of every event")
                .atMost(DELIVERY_LIMIT)
                .pollInterval(POLL)
                .until(load::isDelivered);
        Map<TopicPartition, Long> ends = log.ends();
        Double secondsToCatchUp = catchUp(ends) ? Seconds.since(killedAt) : null;
        Comparison result = comparison.compare(ends);
        return new Round(
                number,
                killed ? victim : null,
                plan.along() == null ? null : plan.along().component(),
                pidBefore,
                killing.pid(victim),
                phase,
                inFlight,
                secondsToRestart,
                secondsToFirstRecord,
                secondsToCatchUp,
                result.rowsCompared(),
                result.differences(),
                result.examples(),
                load.acknowledged().total() - acknowledgedBefore,
                load.resent() - resentBefore);
    }

    /** What the platform is doing, as far as Redis tells. */
    private String phase() {
        String state = redis.state();
        return state.equals(LIVE) ? COUNTING : state;
    }

    private boolean kill(Plan plan) {
        boolean killed = killing.kill(plan.victim().component());
        if (plan.along() != null) {
            killing.kill(plan.along().component());
        }
        return killed;
    }

    /** The start that is killed fails, as it must; whether it had served already does not matter. Returns when it was killed. */
    private long killWhileItStarts(String victim, Duration untilAgain) {
        CompletableFuture<Void> start =
                CompletableFuture.runAsync(() -> killing.restart(victim)).exceptionally(failure -> null);
        Pause.of(untilAgain);
        long killedAt = System.nanoTime();
        killing.kill(victim);
        start.join();
        return killedAt;
    }

    private void restart(Plan plan) {
        List<CompletableFuture<Void>> starts = new ArrayList<>();
        starts.add(
                CompletableFuture.runAsync(() -> killing.restart(plan.victim().component())));
        if (plan.along() != null) {
            starts.add(CompletableFuture.runAsync(
                    () -> killing.restart(plan.along().component())));
        }
        starts.forEach(CompletableFuture::join);
    }

    /** Whether an event is counted that was appended after the kill: one that the killed process cannot have counted. */
    private boolean countsBeyond(Map<TopicPartition, Long> endsAtKill) {
        return comesTrue(() -> redis.nextOffsets().entrySet().stream()
                .anyMatch(reached -> reached.getValue() > endsAtKill.getOrDefault(reached.getKey(), 0L)));
    }

    private boolean catchUp(Map<TopicPartition, Long> ends) {
        return comesTrue(() -> redis.state().equals(LIVE) && redis.behind(ends) == 0);
    }

    private static boolean comesTrue(Callable<Boolean> condition) {
        try {
            Awaitility.await().atMost(CATCH_UP_LIMIT).pollInterval(POLL).until(condition);
            return true;
        } catch (ConditionTimeoutException e) {
            return false;
        }
    }
}
