package countinghouse.billing.rating;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;

/**
 * Tiers sold in whole blocks; what is beyond the last tier's bound has the last tier's price.
 *
 * @param tiers in ascending order
 * @param policy whether each block has its own tier's price or all have the top one's
 */
public record TieredBlocks(List<BlockTier> tiers, Policy policy) implements Price {
    /** How tiers apply. */
    public enum Policy {
        ALL_TIERS,
        TOP_TIER
    }

    public TieredBlocks {
        tiers = List.copyOf(tiers);
        if (tiers.isEmpty() || tiers.stream().anyMatch(tier -> tier.blockSize().signum() <= 0)) {
            throw new RatingException("Tiers of blocks need at least one tier, and block sizes above 0");
        }
        if (tiers.subList(0, tiers.size() - 1).stream().anyMatch(tier -> tier.maxBlocks() == null)) {
            throw new RatingException(
                    "Only the last tier of blocks may be unbounded; those after another are never reached");
        }
    }

    @Override
    public Rated rate(Usage usage) {
        List<Detail> details = new ArrayList<>();
        BigDecimal remaining = usage.quantity();
        for (int index = 0; remaining.signum() > 0; index++) {
            BlockTier tier = tiers.get(index);
            boolean top = index == tiers.size() - 1 || tier.holds(remaining);
            if (top) {
                BigDecimal charged = policy == Policy.TOP_TIER ? usage.quantity() : remaining;
                details.add(detail(index, tier.blocks(charged)));
                return new Rated(details);
            }
            if (policy == Policy.ALL_TIERS) {
                details.add(detail(index, tier.maxBlocks()));
            }
            remaining = remaining.subtract(tier.maxBlocks().multiply(tier.blockSize()));
        }
        return new Rated(details);
    }

    private Detail detail(int index, BigDecimal blocks) {
        return Detail.of(
                "blocks-tier-%d-usage".formatted(index + 1),
                blocks,
                tiers.get(index).blockPrice());
    }
}
