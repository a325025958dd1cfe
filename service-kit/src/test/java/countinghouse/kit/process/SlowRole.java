package countinghouse.kit.process;

import io.vertx.core.Vertx;
import io.vertx.ext.web.RoutingContext;
import java.net.URL;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** A role with one route, {@code /slow}, that answers when it is told to, and says whether the role was still open then. */
final class SlowRole implements ProcessRole {
    private final CompletableFuture<RoutingContext> request = new CompletableFuture<>();
    private final CountDownLatch arrived = new CountDownLatch(1);
    private volatile boolean closed;
    private Vertx vertx;

    @Override
    public String name() {
        return "slow";
    }

    @Override
    public Optional<URL> contract() {
        return Optional.empty();
    }

    @Override
    public AutoCloseable start(ProcessContext context) {
        vertx = context.vertx();
        context.router().get("/slow").handler(asked -> {
            request.complete(asked);
            arrived.countDown();
        });
        return () -> closed = true;
    }

    boolean awaitRequest() throws InterruptedException {
        return arrived.await(10, TimeUnit.SECONDS);
    }

    void answer() {
        vertx.runOnContext(now -> request.join().end(closed ? "answered too late" : "answered while open"));
    }
}
