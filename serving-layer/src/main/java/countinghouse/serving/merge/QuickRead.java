package countinghouse.serving.merge;

import countinghouse.serving.speedview.SpeedSnapshot;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;

/**
 * A read whose batch part is at hand and whose speed part is on its way.
 *
 * @param speed fails if Redis does not answer
 * @param merge adds the two; it does not block
 */
public record QuickRead(CompletableFuture<SpeedSnapshot> speed, Function<SpeedSnapshot, CountAnswer> merge) {}
