package countinghouse.bench.speed.trial;

import countinghouse.bench.speed.contestant.Attempt;
import countinghouse.bench.speed.contestant.Contestant;
import countinghouse.bench.speed.peer.RedisConnection;
import countinghouse.bench.speed.stage.CpuSeconds;
import countinghouse.bench.speed.stage.Stage;
import countinghouse.bench.speed.workload.Expected;
import countinghouse.kit.command.CommandFailure;
import countinghouse.kit.command.ExitCode;
import countinghouse.local.child.LogTail;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import redis.clients.jedis.Jedis;

/** Runs a contestant once, from an empty Redis, and checks its answer before it says how long that took. */
public final class Trial {
    private static final Duration POLL = Duration.ofMillis(20);
    /** After as long without progress, what is there is the answer. */
    private static final Duration STALLED = Duration.ofMinutes(4);

    /** By a tenth of five million events the compiler had done half of its work only. */
    private static final int WARM_UP_SHARE = 4;

    private final Stage stage;

    public Trial(Stage stage) {
        this.stage = stage;
    }

    /** What was true at an instant. */
    private record Moment(long nanoTime, long progress, CpuSeconds cpu) {
        double secondsSince(long earlierNanoTime) {
            return (nanoTime - earlierNanoTime) / 1e9;
        }
    }

    /**
     * One sample.
     *
     * @throws WrongAnswerException if a count differs from the oracle's
     * @throws CommandFailure if the contestant's process ends or nothing of the answer appears
     */
    public Sample run(Contestant contestant, Expected expected, int number) {
        try (Jedis redis = RedisConnection.open(stage.redisUrl())) {
            redis.flushAll();
            long startNs = System.nanoTime();
            CpuSeconds before = stage.cpu(ProcessHandle.current().pid());
            try (Attempt attempt = contestant.start(stage, expected, number)) {
                Watch watch = new Watch(contestant, expected, redis, attempt);
                watch.untilDone();
                attempt.stop();
                AnswerCheck.require(contestant.name(), expected.counts(), contestant.answer(redis));
                return watch.sample(number, startNs, new CpuSeconds(0, before.broker(), before.redis()));
            }
        }
    }

    private final class Watch {
        private final Contestant contestant;
        private final Expected expected;
        private final Jedis redis;
        private final Attempt attempt;
        private final long target;
        private Moment first;
        private Moment warm;
        private Moment last;

        private Watch(Contestant contestant, Expected expected, Jedis redis, Attempt attempt) {
            this.contestant = contestant;
            this.expected = expected;
            this.redis = redis;
            this.attempt = attempt;
            this.target = contestant.target(expected);
        }

        private void untilDone() {
            long progress = 0;
            long changedNs = System.nanoTime();
            while (progress < target && System.nanoTime() - changedNs < STALLED.toNanos()) {
                requireAlive();
                long now = contestant.progress(redis);
                if (now != progress) {
                    progress = now;
                    changedNs = System.nanoTime();
                    observe(progress);
                }
                pause();
            }
            if (first == null) {
                throw failure("showed no count in Redis");
            }
        }

        private void observe(long progress) {
            last = new Moment(System.nanoTime(), progress, stage.cpu(attempt.pid()));
            if (first == null) {
                first = last;
            }
            if (warm == null && progress >= target / WARM_UP_SHARE) {
                warm = last;
            }
        }

        private Sample sample(int number, long startNs, CpuSeconds before) {
            // A contestant that showed everything at once has no window of its own.
            boolean atOnce = warm == last;
            Moment begin = atOnce ? new Moment(startNs, 0, before) : warm;
            double share = (double) (last.progress() - begin.progress()) / target;
            return new Sample(
                    contestant.name(),
                    number,
                    expected.deliveries(),
                    first.secondsSince(startNs),
                    share * expected.deliveries(),
                    last.secondsSince(begin.nanoTime()),
                    last.cpu().minus(begin.cpu()),
                    last.secondsSince(startNs),
                    last.cpu().minus(before));
        }

        private void requireAlive() {
            if (!attempt.isAlive()) {
                throw failure("ended");
            }
        }

        private CommandFailure failure(String what) {
            return new CommandFailure(
                    ExitCode.TEMPORARY,
                    "%s %s (%s); see %s"
                            .formatted(
                                    contestant.name(),
                                    what,
                                    LogTail.cause(attempt.log()).orElse("it wrote nothing"),
                                    attempt.log()));
        }

        private void pause() {
            try {
                TimeUnit.MILLISECONDS.sleep(POLL.toMillis());
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw failure("was interrupted");
            }
        }
    }
}
