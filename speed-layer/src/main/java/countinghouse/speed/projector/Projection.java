package countinghouse.speed.projector;

import countinghouse.schemas.RedisKeys;
import countinghouse.speed.counts.Progress;
import countinghouse.speed.trace.ProjectionSpans;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.common.TopicPartition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One connected stretch of projecting: from finding the place to start until Redis or Kafka fails or the projector stops. */
final class Projection {
    private static final Logger LOG = LoggerFactory.getLogger(Projection.class);
    private static final long CHECK_INTERVAL_MS = 500;
    private static final long EPOCH_GRACE_MS = Duration.ofMinutes(1).toMillis();

    private final CountsTopic topic;
    private final RedisRows rows;
    private final ProjectedOffsets offsets;
    private final StateWords words;
    private final VideoIndex videos;
    private final OlderEpochs older;
    private final ProjectorState state;
    private final ProjectorMetrics metrics;
    private final ProjectionSpans spans;
    private final Clock clock;
    private final LiveHints hints = new LiveHints();
    private final HeldBuckets held;

    private final long epoch;
    /** How far the rows written reach, as {@code topic-partition} to the next offset. */
    private final Map<String, Long> passed = new HashMap<>();
    /** What a new epoch must have counted before readers turn to it; empty once they have. */
    private Map<String, Long> sourceEnds = Map.of();

    private CatchUp catchUp;
    private boolean complete;
    private boolean fromBeginning;
    private Map<TopicPartition, Long> recorded = Map.of();
    private long checkedMs;
    /** When readers turned to this epoch; the end of time if there is nothing to clean up. */
    private long turnedMs = Long.MAX_VALUE;

    Projection(
            long epoch,
            CountsTopic topic,
            EpochInRedis redis,
            ProjectorState state,
            ProjectorMetrics metrics,
            ProjectionSpans spans,
            Clock clock) {
        this.epoch = epoch;
        this.topic = topic;
        this.rows = redis.rows();
        this.offsets = redis.offsets();
        this.words = redis.words();
        this.videos = redis.videos();
        this.older = redis.older();
        this.state = state;
        this.metrics = metrics;
        this.spans = spans;
        this.clock = clock;
        this.held = new HeldBuckets(words, videos, state);
    }

    /** Goes to where the rows in Redis end; to the beginning if that is not known for certain, or if told to. */
    void start(Start where) {
        catchUp = new CatchUp(topic.beginnings(), topic.ends());
        Optional<Map<TopicPartition, Long>> stored =
                where == Start.BEGINNING ? Optional.empty() : offsets.stored().filter(catchUp::contains);
        if (stored.isPresent()) {
            topic.seek(stored.get());
            complete = words.readersEpoch() == epoch && words.state().equals(RedisKeys.STATE_LIVE);
            // Whoever turned readers here may have died before it cleaned up.
            turnedMs = complete ? clock.millis() : turnedMs;
        } else {
            LOG.info("Writing every row of the counts topic to Redis, from the beginning");
            words.sayRebuilding(0);
            offsets.forget();
            fromBeginning = true;
            topic.seek(catchUp.beginnings());
        }
        sourceEnds = words.readersEpoch() == epoch ? Map.of() : topic.sourceEnds();
        passed.putAll(stored.isPresent() ? offsets.progress() : Map.of());
        sayWhatIsTrue(topic.positions());
    }

    /** Whether these rows are all that readers have or could have: a new epoch must count first what the last one had counted. */
    private boolean isCaughtUp(Map<TopicPartition, Long> positions) {
        return catchUp.isDone(positions)
                && sourceEnds.entrySet().stream()
                        .allMatch(end -> passed.getOrDefault(end.getKey(), 0L) >= end.getValue());
    }

    /** Where to start. */
    enum Start {
        STORED_OFFSETS,
        BEGINNING
    }

    /** Takes over what the topic has; waits a moment if it has nothing. */
    void step() {
        RowBatch batch = RowBatch.of(topic.poll());
        Instant begun = clock.instant();
        held.before(batch);
        batch.progress().forEach((source, reached) -> passed.put(source.toString(), reached.nextOffset()));
        if (!batch.rows().isEmpty()) {
            rows.write(batch);
            metrics.wrote(batch.size());
            hints.changed(batch.rows().keySet());
        }
        Map<TopicPartition, Long> positions = topic.positions();
        if (!positions.equals(recorded)) {
            offsets.record(batch.progress(), positions);
            recorded = positions;
        }
        if (complete) {
            measureFreshness(batch);
            // Those of a rebuild are of long ago.
            spans.written(batch.traceparents(), begun, clock.instant(), batch.size());
        }
        announce();
        check(positions);
    }

    private void measureFreshness(RowBatch batch) {
        long nowMs = clock.millis();
        for (Progress progress : batch.progress().values()) {
            metrics.fresh(Duration.ofMillis(Math.max(0, nowMs - progress.runningMaximumMs())));
        }
    }

    private void announce() {
        List<String> due = hints.due(clock.millis());
        if (!due.isEmpty()) {
            words.announce(due);
        }
    }

    private void check(Map<TopicPartition, Long> positions) {
        long nowMs = clock.millis();
        boolean justCaughtUp = !complete && isCaughtUp(positions);
        if (!justCaughtUp && nowMs - checkedMs < CHECK_INTERVAL_MS) {
            return;
        }
        checkedMs = nowMs;
        offsets.requireKept();
        forgetOlderEpochs(nowMs);
        state.lag(topic.lag(), nowMs);
        sayWhatIsTrue(positions);
    }

    /** A while after readers turned here: until then, one may be in the middle of an answer. */
    private void forgetOlderEpochs(long nowMs) {
        if (complete && nowMs >= turnedMs && nowMs - turnedMs >= EPOCH_GRACE_MS) {
            older.delete();
            turnedMs = Long.MAX_VALUE;
        }
    }

    /**
     * Called with the data known to be kept. Another projector may say that it rebuilds, or may have died saying so: as long as this one
     * knows the rows to be complete, they are.
     */
    private void sayWhatIsTrue(Map<TopicPartition, Long> positions) {
        if (complete || isCaughtUp(positions)) {
            goLive();
        } else {
            words.sayRebuilding(catchUp.percent(positions));
        }
        if (complete && catchUp.isDone(positions)) {
            state.live();
        } else {
            state.troubled(
                    "%s, %d %% done".formatted(complete ? "catching up" : "rebuilding", catchUp.percent(positions)));
        }
    }

    private void goLive() {
        String before = words.state();
        if (!complete) {
            offsets.requireKept();
            if (fromBeginning) {
                videos.sayComplete();
            }
            words.turnReadersHere();
            turnedMs = clock.millis();
            LOG.info("Redis holds every row of the counts topic");
        }
        complete = true;
        if (!before.equals(RedisKeys.STATE_LIVE) && !words.sayLive(before)) {
            LOG.info("Another projector writes to the same Redis; looking again in a moment");
        }
    }
}
