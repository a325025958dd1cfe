package countinghouse.serving.live;

import countinghouse.kit.http.Json;
import countinghouse.kit.http.ProblemException;
import countinghouse.metering.meter.Meter;
import countinghouse.serving.query.CountsExecutor;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One client's server-sent events: first every total, then those that changed, at most four times a second. It runs on the request's event loop. */
final class LiveStream {
    private static final Logger LOG = LoggerFactory.getLogger(LiveStream.class);
    static final Duration FULL_LOOK = Duration.ofSeconds(5);
    private static final Duration RETRY_DELAY = Duration.ofSeconds(1);
    /** A client comes back by itself, with a token that is checked again. */
    private static final Duration MAX_AGE = Duration.ofMinutes(30);
    /** A stream that reads for 100 ms rests for 400 ms, so that heavy totals cannot occupy the process. */
    private static final int REST_FACTOR = 4;

    private final HttpConnection connection;
    private final HttpServerResponse response;
    private final LiveSubscription subscription;
    private final LiveTotals totals;
    private final CountsExecutor executor;
    private final Set<String> dirty = new HashSet<>();
    private final Map<String, Object> sent = new HashMap<>();
    private final long startedNanos = System.nanoTime();
    private long nextReadNanos = startedNanos;
    private long nextFullLookNanos = startedNanos;
    private boolean started;
    private boolean reading;

    LiveStream(HttpServerRequest request, LiveSubscription subscription, LiveTotals totals, CountsExecutor executor) {
        this.connection = request.connection();
        this.response = request.response();
        this.subscription = subscription;
        this.totals = totals;
        this.executor = executor;
    }

    HttpConnection connection() {
        return connection;
    }

    /** Ends it: the client comes back, to whichever process it finds. */
    void end() {
        if (!response.ended() && !response.closed()) {
            var unused = response.end();
        }
    }

    void start() {
        response.setChunked(true)
                .putHeader("Content-Type", "text/event-stream")
                .putHeader("Cache-Control", "no-store")
                // Compression would hold events back until its buffer is full.
                .putHeader("Content-Encoding", "identity");
        started = true;
        look(new Changes(Map.of()));
    }

    /** Reads and sends what is due. */
    void look(Changes changes) {
        if (!started || response.ended() || response.closed()) {
            return;
        }
        dirty.addAll(changes.concerning(subscription));
        long now = System.nanoTime();
        if (now - startedNanos > MAX_AGE.toNanos()) {
            var unused = response.end();
            return;
        }
        if (reading || now - nextReadNanos < 0 || response.writeQueueFull()) {
            return;
        }
        boolean full = now - nextFullLookNanos >= 0;
        List<Meter> due = subscription.meters().stream()
                .filter(meter -> full || dirty.contains(meter.slug()))
                .toList();
        if (full) {
            nextFullLookNanos = now + FULL_LOOK.toNanos();
        }
        if (!due.isEmpty()) {
            read(due, now);
        }
    }

    private void read(List<Meter> due, long startNanos) {
        reading = true;
        // Cleared before reading: what changes from here on is looked at again.
        due.forEach(meter -> dirty.remove(meter.slug()));
        executor.read(() -> due.stream()
                        .map(meter -> totals.read(meter, subscription.accounts()))
                        .toList())
                .onComplete(read -> {
                    reading = false;
                    long now = System.nanoTime();
                    nextReadNanos = now + REST_FACTOR * (now - startNanos);
                    if (response.ended() || response.closed()) {
                        return;
                    }
                    if (read.succeeded()) {
                        push(read.result());
                    } else {
                        nextFullLookNanos = now;
                        nextReadNanos = now + RETRY_DELAY.toNanos();
                        trouble(read.cause());
                    }
                });
    }

    private void push(List<Map<String, Object>> read) {
        List<Map<String, Object>> news = new ArrayList<>();
        for (Map<String, Object> total : read) {
            Map<String, Object> compared = new HashMap<>(total);
            compared.remove("asOf");
            if (!compared.equals(sent.put((String) total.get("meter"), compared))) {
                news.add(total);
            }
        }
        // The comment keeps the connection alive, and finds out when nobody listens any more.
        write(
                news.isEmpty()
                        ? ": nothing new\n\n"
                        : "event: totals\ndata: " + Json.text(Map.of("totals", news)) + "\n\n");
    }

    private void trouble(Throwable cause) {
        if (!(cause instanceof ProblemException)) {
            LOG.error("Totals of a live stream cannot be read", cause);
        }
        String detail = cause instanceof ProblemException ? cause.getMessage() : "The log has the details";
        write("event: trouble\ndata: " + Json.text(Map.of("detail", detail)) + "\n\n");
    }

    private void write(String text) {
        var unused = response.write(text);
    }
}
