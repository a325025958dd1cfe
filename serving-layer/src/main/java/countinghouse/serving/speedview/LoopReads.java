package countinghouse.serving.speedview;

import io.netty.channel.EventLoop;
import java.util.List;

/**
 * The connections of one moment, opened and replaced together: one on each event loop that asks without blocking, so that no thread has to
 * wake another for an answer (ADR 0163).
 *
 * @param loops one for each of the connections; none if there is one connection on a thread of its own
 * @param reads at least one
 */
record LoopReads(List<EventLoop> loops, List<SpeedReads> reads) implements AutoCloseable {
    LoopReads {
        loops = List.copyOf(loops);
        reads = List.copyOf(reads);
    }

    /** The connection on the calling thread; threads that are no event loop share the first. */
    SpeedReads ofThisThread() {
        for (int index = 1; index < loops.size(); index++) {
            if (loops.get(index).inEventLoop()) {
                return reads.get(index);
            }
        }
        return reads.get(0);
    }

    /** Whether everything can still be read over all of them. */
    boolean isOpen() {
        for (SpeedReads each : reads) {
            if (!each.isOpen()) {
                return false;
            }
        }
        return true;
    }

    @Override
    public void close() {
        reads.forEach(SpeedReads::close);
    }
}
