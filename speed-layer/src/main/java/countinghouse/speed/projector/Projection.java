package countinghouse.speed.projector;

import io.micrometer.core.instrument.Counter;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.common.TopicPartition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One connected stretch of projecting: from finding the place to start until a connection fails or the projector stops. */
final class Projection {
    private static final Logger LOG = LoggerFactory.getLogger(Projection.class);
    private static final long CHECK_INTERVAL_MS = 500;

    private final CountsTopic topic;
    private final RedisRows redis;
    private final ProjectorState state;
    private final Counter rowsWritten;
    private final Clock clock;
    private final LiveHints hints = new LiveHints();

    private CatchUp catchUp;
    private boolean live;
    private Map<TopicPartition, Long> recorded = Map.of();
    private long checkedMs;

    Projection(CountsTopic topic, RedisRows redis, ProjectorState state, Counter rowsWritten, Clock clock) {
        this.topic = topic;
        this.redis = redis;
        this.state = state;
        this.rowsWritten = rowsWritten;
        this.clock = clock;
    }

    /** Goes to where the rows in Redis end; to the beginning if that is not known for certain, or if told to. */
    void start(Start where) {
        catchUp = new CatchUp(topic.beginnings(), topic.ends());
        Optional<Map<TopicPartition, Long>> stored = where == Start.BEGINNING
                ? Optional.empty()
                : redis.storedOffsets().filter(catchUp::contains);
        if (stored.isPresent()) {
            topic.seek(stored.get());
            live = redis.isLive();
        } else {
            LOG.info("Writing every row of the counts topic to Redis, from the beginning");
            redis.forgetOffsets();
            topic.seek(catchUp.beginnings());
        }
        sayWhatIsTrue(topic.positions());
    }

    /** Where to start. */
    enum Start {
        STORED_OFFSETS,
        BEGINNING
    }

    /** Takes over what the topic has; waits a moment if it has nothing. */
    void step() {
        RowBatch batch = RowBatch.of(topic.poll());
        if (!batch.rows().isEmpty()) {
            redis.write(batch);
            rowsWritten.increment(batch.size());
            hints.changed(batch.rows().keySet());
        }
        Map<TopicPartition, Long> positions = topic.positions();
        if (!positions.equals(recorded)) {
            redis.record(batch.progress(), positions);
            recorded = positions;
        }
        announce();
        check(positions);
    }

    private void announce() {
        List<String> due = hints.due(clock.millis());
        if (!due.isEmpty()) {
            redis.announce(due);
        }
    }

    private void check(Map<TopicPartition, Long> positions) {
        long nowMs = clock.millis();
        boolean justCaughtUp = !live && catchUp.isDone(positions);
        if (!justCaughtUp && nowMs - checkedMs < CHECK_INTERVAL_MS) {
            return;
        }
        checkedMs = nowMs;
        state.lag(topic.lag());
        if (live && !redis.isLive()) {
            throw new RowsLostException("Redis no longer says that its rows are complete: it lost its data");
        }
        sayWhatIsTrue(positions);
    }

    private void sayWhatIsTrue(Map<TopicPartition, Long> positions) {
        if (catchUp.isDone(positions)) {
            goLive();
            return;
        }
        int percent = catchUp.percent(positions);
        if (!live) {
            redis.sayRebuilding(percent);
        }
        state.troubled("%s, %d %% done".formatted(live ? "catching up" : "rebuilding", percent));
    }

    private void goLive() {
        if (!live) {
            live = true;
            redis.sayLive();
            LOG.info("Redis holds every row of the counts topic");
        }
        state.live();
    }
}
