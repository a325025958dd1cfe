package countinghouse.batch.seal;

import countinghouse.batch.run.Step;
import java.util.Map;

/**
 * The outcome of a seal.
 *
 * @param closedThroughMs exclusive end of the last sealed bucket
 * @param tickOffsets topic to partition to the offset of the tick that sealed it
 */
public record Sealed(long closedThroughMs, Map<String, Map<Integer, Long>> tickOffsets) {
    public static final Step<Sealed> STEP = new Step<>("seal", Sealed.class);
}
