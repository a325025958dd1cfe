package countinghouse.bench.serve;

import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.PoolOptions;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import org.HdrHistogram.Histogram;

/** Asks one server, as fast as it answers or when requests are due, and checks every answer. */
final class HttpLoad implements AutoCloseable {
    private static final int CONNECTIONS = 64;
    private static final long MAX_NANOS = Duration.ofSeconds(60).toNanos();
    private static final Duration DRAIN = Duration.ofSeconds(30);

    private final Vertx vertx = Vertx.vertx(new VertxOptions().setEventLoopPoolSize(1));
    private final HttpClient client = vertx.createHttpClient(
            new HttpClientOptions().setKeepAlive(true),
            new PoolOptions().setHttp1MaxSize(CONNECTIONS).setEventLoopSize(1).setMaxWaitQueueSize(-1));
    private final Context loop = vertx.getOrCreateContext();
    private final int port;
    private final String token;
    private final boolean checked;
    private final Requests requests;

    /**
     * @param token empty for a server that asks for none
     * @param checked whether the totals in the answers must be right
     */
    HttpLoad(int port, String token, boolean checked, Requests requests) {
        this.port = port;
        this.token = token;
        this.checked = checked;
        this.requests = requests;
    }

    /**
     * What came of a load.
     *
     * @param answered in time
     * @param seconds that it took
     * @param nanos of each answer, from when it was due
     */
    record Outcome(long answered, double seconds, Histogram nanos) {
        double perSecond() {
            return answered / seconds;
        }

        double ms(double percentile) {
            return nanos.getValueAtPercentile(percentile) / 1e6;
        }
    }

    /** Asks again on each connection as soon as it has its answer. */
    Outcome closed(Duration duration) {
        Histogram nanos = new Histogram(MAX_NANOS, 3);
        long start = System.nanoTime();
        long end = start + duration.toNanos();
        Promise<Void> done = Promise.promise();
        int[] running = {CONNECTIONS};
        loop.runOnContext(now -> {
            for (int connection = 0; connection < CONNECTIONS; connection++) {
                again(end, nanos, done, running);
            }
        });
        done.future().await();
        return new Outcome(nanos.getTotalCount(), (System.nanoTime() - start) / 1e9, nanos);
    }

    private void again(long end, Histogram nanos, Promise<Void> done, int[] running) {
        long sent = System.nanoTime();
        if (sent >= end) {
            running[0]--;
            if (running[0] == 0) {
                done.tryComplete();
            }
            return;
        }
        ask().onComplete(answer -> {
            if (answer.failed()) {
                done.tryFail(answer.cause());
            } else {
                nanos.recordValue(Math.min(MAX_NANOS, System.nanoTime() - sent));
                again(end, nanos, done, running);
            }
        });
    }

    /** Asks when requests are due, whatever became of those before: what is held up counts from when it was due. */
    Outcome open(double perSecond, Duration duration) {
        Histogram nanos = new Histogram(MAX_NANOS, 3);
        long total = Math.round(perSecond * duration.toMillis() / 1000);
        Promise<Void> done = Promise.promise();
        long[] answered = {0};
        long start = System.nanoTime() + Duration.ofMillis(100).toNanos();
        for (long n = 0; n < total; n++) {
            long due = start + (long) (n * 1e9 / perSecond);
            while (System.nanoTime() < due) {
                LockSupport.parkNanos(due - System.nanoTime());
            }
            loop.runOnContext(now -> ask().onComplete(answer -> {
                if (answer.failed()) {
                    done.tryFail(answer.cause());
                    return;
                }
                nanos.recordValue(Math.min(MAX_NANOS, System.nanoTime() - due));
                answered[0]++;
                if (answered[0] == total) {
                    done.tryComplete();
                }
            }));
        }
        done.future()
                .timeout(DRAIN.toSeconds(), java.util.concurrent.TimeUnit.SECONDS)
                .await();
        return new Outcome(answered[0], (System.nanoTime() - start) / 1e9, nanos);
    }

    private Future<Void> ask() {
        int account = requests.next();
        return client.request(
                        HttpMethod.GET,
                        port,
                        "127.0.0.1",
                        "/api/v1/meters/views/query?subject=" + KeySpace.name(account))
                .compose(request ->
                        (token.isEmpty() ? request : request.putHeader("Authorization", "Bearer " + token)).send())
                .compose(response -> response.body().compose(body -> check(account, response, body)));
    }

    private Future<Void> check(int account, HttpClientResponse response, Buffer body) {
        boolean right = response.statusCode() == 200
                && (!checked || body.toString().contains("\"value\":" + KeySpace.total(account) + ","));
        return right
                ? Future.succeededFuture()
                : Future.failedFuture(new WrongTotalException("%s has %d views, but the answer was %d %s"
                        .formatted(KeySpace.name(account), KeySpace.total(account), response.statusCode(), body)));
    }

    /** One answer, as it is. */
    String sample() {
        return client.request(
                        HttpMethod.GET, port, "127.0.0.1", "/api/v1/meters/views/query?subject=" + KeySpace.name(1))
                .compose(request ->
                        request.putHeader("Authorization", "Bearer " + token).send())
                .compose(HttpClientResponse::body)
                .map(Buffer::toString)
                .await();
    }

    @Override
    public void close() {
        client.close().await();
        vertx.close().await();
    }
}
