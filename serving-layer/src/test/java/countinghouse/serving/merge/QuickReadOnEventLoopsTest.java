package countinghouse.serving.merge;

import countinghouse.serving.layers.Layers;
import io.netty.channel.EventLoop;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;

/** The same where each event loop has a connection of its own and asks for rows and state in one go. */
class QuickReadOnEventLoopsTest extends QuickReadTest {
    private static final int LOOPS = 2;

    private final EventLoopGroup group = new MultiThreadIoEventLoopGroup(LOOPS, NioIoHandler.newFactory());
    private final List<EventLoop> loops = new ArrayList<>();
    private final AtomicInteger reads = new AtomicInteger();

    QuickReadOnEventLoopsTest(Layers layers) {
        super(layers);
        group.forEach(executor -> loops.add((EventLoop) executor));
    }

    @Override
    @AfterEach
    void close() {
        super.close();
        group.shutdownGracefully(0, 5, TimeUnit.SECONDS).awaitUninterruptibly();
    }

    @Override
    List<EventLoop> loops() {
        return loops;
    }

    @Override
    Optional<QuickRead> begin(Supplier<Optional<QuickRead>> reading) {
        return loops.get(reads.getAndIncrement() % LOOPS)
                .submit(reading::get)
                .syncUninterruptibly()
                .getNow();
    }
}
