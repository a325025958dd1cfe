package countinghouse.serving.live;

import countinghouse.kit.http.ProblemException;
import countinghouse.serving.query.ServingError;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpConnection;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The open streams and what they share: a pace, and the board of changes. A hint is put on the board once, however many listen; four times
 * a second each stream looks at the board for what concerns it.
 */
final class LiveStreams implements ChangeHints.Listener, AutoCloseable {
    private static final Duration PACE = Duration.ofMillis(250);

    private final Vertx vertx;
    private final int most;
    private final Map<LiveStream, Context> streams = new ConcurrentHashMap<>();
    private final long timer;
    private Map<String, Set<String>> board = new HashMap<>();

    /** @param most streams at once */
    LiveStreams(Vertx vertx, int most) {
        this.vertx = vertx;
        this.most = most;
        this.timer = vertx.setPeriodic(PACE.toMillis(), tick -> look());
    }

    /**
     * Adds a stream, which from now on looks in the calling context.
     *
     * @throws ProblemException 503 if there are too many
     */
    void add(LiveStream stream) {
        if (streams.size() >= most) {
            throw new ProblemException(
                    ServingError.TOO_MANY_STREAMS,
                    "%d live streams are open, which is all that this process serves; ask for totals instead, or try again later"
                            .formatted(most));
        }
        streams.put(stream, vertx.getOrCreateContext());
        // A connection that is to end waits for what is under way on it, and a stream is for ever.
        stream.connection().shutdownHandler(closing -> endAllOn(stream.connection()));
    }

    private void endAllOn(HttpConnection connection) {
        streams.forEach((stream, context) -> {
            if (stream.connection().equals(connection)) {
                context.runOnContext(now -> stream.end());
            }
        });
    }

    void remove(LiveStream stream) {
        streams.remove(stream);
    }

    int size() {
        return streams.size();
    }

    @Override
    public synchronized void changed(String account, String meter) {
        board.computeIfAbsent(account, absent -> new HashSet<>()).add(meter);
    }

    private synchronized Changes take() {
        Changes changes = new Changes(board);
        board = new HashMap<>();
        return changes;
    }

    private void look() {
        Changes changes = take();
        streams.forEach((stream, context) -> context.runOnContext(now -> stream.look(changes)));
    }

    @Override
    public void close() {
        vertx.cancelTimer(timer);
    }
}
