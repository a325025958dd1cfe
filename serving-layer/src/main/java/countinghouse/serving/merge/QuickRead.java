package countinghouse.serving.merge;

import countinghouse.serving.batchview.BatchRow;
import countinghouse.serving.speedview.SpeedSnapshot;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.BiFunction;
import java.util.function.Supplier;

/**
 * A read whose parts are at hand or on their way.
 *
 * @param batch fails if PostgreSQL does not answer
 * @param speed fails if Redis does not answer
 * @param merge adds the two; it does not block
 */
public record QuickRead(
        CompletableFuture<List<BatchRow>> batch,
        CompletableFuture<SpeedSnapshot> speed,
        BiFunction<List<BatchRow>, SpeedSnapshot, CountAnswer> merge) {
    /** Both parts, to be merged by whoever takes them: the threads that bring them have others waiting. */
    public CompletableFuture<Supplier<CountAnswer>> parts() {
        return batch.thenCombine(speed, (rows, snapshot) -> () -> merge.apply(rows, snapshot));
    }
}
