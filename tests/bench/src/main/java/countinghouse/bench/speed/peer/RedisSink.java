package countinghouse.bench.speed.peer;

import java.time.Duration;
import org.apache.kafka.streams.kstream.Windowed;
import org.apache.kafka.streams.processor.PunctuationType;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;

/** Takes the counts that the cache hands on at a commit, and sends them to Redis in one pipeline soon after. */
final class RedisSink implements Processor<Windowed<String>, Long, Void, Void> {
    private static final int FLUSHES_PER_COMMIT = 10;

    private final RedisCounts redis;
    private final Duration commitInterval;

    RedisSink(RedisCounts redis, Duration commitInterval) {
        this.redis = redis;
        this.commitInterval = commitInterval;
    }

    @Override
    public void init(ProcessorContext<Void, Void> context) {
        context.schedule(
                commitInterval.dividedBy(FLUSHES_PER_COMMIT), PunctuationType.WALL_CLOCK_TIME, nowMs -> redis.flush());
    }

    @Override
    public void process(Record<Windowed<String>, Long> record) {
        redis.put(new Row(record.key().key(), record.key().window().start()), record.value());
    }
}
