package countinghouse.serving;

import io.lettuce.core.resource.EpollProvider;
import io.lettuce.core.resource.IOUringProvider;
import io.lettuce.core.resource.KqueueProvider;
import io.netty.channel.EventLoop;
import io.vertx.core.Vertx;
import io.vertx.core.internal.VertxInternal;
import java.util.ArrayList;
import java.util.List;

/** The threads that serve requests, for clients of stores that may share them. */
final class EventLoops {
    private EventLoops() {}

    /** Every event loop; none if the client of Redis would use another transport than they have. */
    static List<EventLoop> of(Vertx vertx) {
        List<EventLoop> loops = new ArrayList<>();
        if (!vertx.isNativeTransportEnabled() && !hasNativeClient()) {
            ((VertxInternal) vertx).nettyEventLoopGroup().forEach(executor -> loops.add((EventLoop) executor));
        }
        return List.copyOf(loops);
    }

    private static boolean hasNativeClient() {
        return EpollProvider.isAvailable() || KqueueProvider.isAvailable() || IOUringProvider.isAvailable();
    }
}
