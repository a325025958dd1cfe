package countinghouse.bench.flink;

import countinghouse.bench.speed.peer.RedisCounts;
import countinghouse.bench.speed.peer.Row;
import java.net.URI;
import org.apache.flink.api.connector.sink2.Sink;
import org.apache.flink.api.connector.sink2.SinkWriter;
import org.apache.flink.api.connector.sink2.WriterInitContext;
import org.apache.flink.api.java.tuple.Tuple3;

/** Writes the newest counts in a pipeline at every checkpoint. They are absolute, so what a recovery repeats does no harm. */
final class RedisSink implements Sink<Tuple3<String, Long, Long>> {
    private static final long serialVersionUID = 1;

    private final URI redis;
    private final String application;

    RedisSink(URI redis, String application) {
        this.redis = redis;
        this.application = application;
    }

    @Override
    public SinkWriter<Tuple3<String, Long, Long>> createWriter(WriterInitContext context) {
        return new Writer(new RedisCounts(redis, application));
    }

    private record Writer(RedisCounts counts) implements SinkWriter<Tuple3<String, Long, Long>> {
        @Override
        public void write(Tuple3<String, Long, Long> count, Context context) {
            counts.put(new Row(count.f0, count.f1), count.f2);
        }

        @Override
        public void flush(boolean endOfInput) {
            counts.flush();
        }

        @Override
        public void close() {
            counts.close();
        }
    }
}
