package countinghouse.bench.serve;

import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerOptions;

/** The peer: the same HTTP server with as many event loops, which answers every request with the same JSON and looks at nothing. */
public final class StaticMain {
    private static final int EVENT_LOOPS = 2;

    private StaticMain() {}

    /** Takes the port, and a JSON text of the length that ours answers with. */
    public static void main(String[] arguments) {
        Buffer body = Buffer.buffer(arguments[1]);
        Vertx vertx = Vertx.vertx(new VertxOptions().setEventLoopPoolSize(EVENT_LOOPS));
        for (int loop = 0; loop < EVENT_LOOPS; loop++) {
            vertx.createHttpServer(new HttpServerOptions())
                    .requestHandler(request -> request.response()
                            .putHeader("Content-Type", "application/json")
                            .end(body))
                    .listen(Integer.parseInt(arguments[0]), "127.0.0.1")
                    .await();
        }
    }
}
