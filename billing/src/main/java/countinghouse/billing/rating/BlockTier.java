package countinghouse.billing.rating;

import java.math.BigDecimal;
import java.math.RoundingMode;

/**
 * A tier sold in blocks.
 *
 * @param blockSize units in a block
 * @param maxBlocks blocks in the tier; null if unbounded
 * @param blockPrice of a block
 */
public record BlockTier(BigDecimal blockSize, BigDecimal maxBlocks, BigDecimal blockPrice) {
    BigDecimal blocks(BigDecimal quantity) {
        return quantity.divide(blockSize, 0, RoundingMode.CEILING);
    }

    boolean holds(BigDecimal quantity) {
        return maxBlocks == null || quantity.compareTo(maxBlocks.multiply(blockSize)) <= 0;
    }
}
