package countinghouse.serving.query;

import countinghouse.kit.http.ProblemException;
import countinghouse.serving.batchview.BatchUnavailableException;
import countinghouse.serving.batchview.UnknownGenerationException;
import countinghouse.serving.log.LogUnavailableException;
import countinghouse.serving.merge.CountAnswer;
import countinghouse.serving.merge.CountQuery;
import countinghouse.serving.merge.MergedCounts;
import countinghouse.serving.merge.QuickRead;
import countinghouse.serving.speedview.SpeedUnavailableException;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.WorkerExecutor;
import io.vertx.ext.web.RoutingContext;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jdbi.v3.core.JdbiException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Reads counts away from the event loop, and turns what can go wrong there into problems. */
public final class CountsExecutor implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(CountsExecutor.class);
    private static final int THREADS = 8;

    private final WorkerExecutor workers;

    public CountsExecutor(Vertx vertx) {
        this(vertx, "counts", THREADS);
    }

    /** An executor beside that of the counts, for what may wait for another remote. */
    public CountsExecutor(Vertx vertx, String name, int threads) {
        workers = vertx.createSharedWorkerExecutor(name, threads);
    }

    /** Runs a blocking read; fails with a {@link ProblemException} if the counts cannot be read. */
    public <T> Future<T> read(Callable<T> reading) {
        try {
            return workers.executeBlocking(() -> translated(reading), false);
        } catch (RejectedExecutionException e) {
            return Future.failedFuture(new ProblemException(
                    ServingError.COUNTS_UNAVAILABLE, "This process is being stopped; send the same request again"));
        }
    }

    /** Runs a blocking read for a request and answers the request with what it returns, or with its problem. */
    void answer(RoutingContext context, Function<RoutingContext, Reply> reading) {
        read(() -> reading.apply(context))
                .onSuccess(reply -> reply.send(context.response()))
                .onFailure(context::fail);
    }

    /**
     * Answers a request with counts: at once if memory and Redis have them, else by a thread that may wait.
     *
     * @param form the answer's form; does not block
     */
    void answer(RoutingContext context, MergedCounts counts, CountQuery query, Function<CountAnswer, Reply> form) {
        Optional<QuickRead> quick = counts.readAtOnce(query);
        if (quick.isEmpty()) {
            answer(context, waiting -> form.apply(counts.read(query)));
            return;
        }
        Future.fromCompletionStage(quick.get().parts(), context.vertx().getOrCreateContext())
                .map(Supplier::get)
                .onComplete(read -> {
                    if (read.succeeded() && !read.result().freshness().partial()) {
                        form.apply(read.result()).send(context.response());
                    } else {
                        answer(context, waiting -> form.apply(counts.read(query)));
                    }
                });
    }

    private static <T> T translated(Callable<T> reading) throws Exception {
        try {
            return reading.call();
        } catch (UnknownGenerationException e) {
            throw new ProblemException(ServingError.UNKNOWN_GENERATION, e.getMessage());
        } catch (LogUnavailableException e) {
            LOG.warn("The event log cannot be read: {}", e.getMessage());
            throw new ProblemException(ServingError.LOG_UNAVAILABLE, e.getMessage() + "; try again in a moment");
        } catch (BatchUnavailableException | SpeedUnavailableException | JdbiException e) {
            // Without the trace: an outage must not fill the disk.
            LOG.warn("Counts cannot be read: {} ({})", e.getMessage(), String.valueOf(e.getCause()));
            throw new ProblemException(
                    ServingError.COUNTS_UNAVAILABLE, "The counts cannot be read now; try again in a moment");
        }
    }

    @Override
    public void close() {
        workers.close().await();
    }
}
