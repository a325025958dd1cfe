package countinghouse.billing.rating;

import java.util.ArrayList;
import java.util.List;

/** All units have the price of the tier that the total falls into, so more usage can cost less. */
public record Volume(Tiers tiers) implements Price {
    @Override
    public Rated rate(Usage usage) {
        List<Detail> details = new ArrayList<>();
        if (!tiers.owesNothing(usage.quantity())) {
            tiers.add(details, "volume", tiers.indexOf(usage.quantity()), usage.quantity());
        }
        return new Rated(details);
    }
}
