package countinghouse.billing.rating;

import java.math.BigDecimal;
import java.util.List;
import java.util.Map;

/** A fixed price for the highest tier that the peak of any of several units reaches. */
public record Capacity(List<CapacityTier> tiers) {
    /**
     * A tier of capacity.
     *
     * @param limits inclusive bound per unit; a unit without a bound is absent
     * @param price of the tier
     */
    public record CapacityTier(Map<String, BigDecimal> limits, BigDecimal price) {
        boolean holds(Map<String, BigDecimal> peaks) {
            return peaks.entrySet().stream().allMatch(peak -> {
                BigDecimal limit = limits.get(peak.getKey());
                return limit == null || peak.getValue().compareTo(limit) <= 0;
            });
        }
    }

    public Capacity {
        tiers = List.copyOf(tiers);
    }

    /** The price of the peaks by unit. */
    public Rated rate(Map<String, BigDecimal> peaks) {
        for (int index = 0; index < tiers.size(); index++) {
            if (tiers.get(index).holds(peaks)) {
                return Rated.of(Detail.fixed(
                        "capacity-tier-%d".formatted(index + 1),
                        tiers.get(index).price()));
            }
        }
        throw new RatingException("No tier of capacity covers the peaks " + peaks);
    }
}
