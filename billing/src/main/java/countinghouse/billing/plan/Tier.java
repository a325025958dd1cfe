package countinghouse.billing.plan;

import java.util.Locale;
import java.util.Optional;

/** The tiers of accounts, from most to least. */
public enum Tier {
    VIP,
    PREMIUM,
    PRO,
    FREE;

    /**
     * The tier of a name in any case.
     *
     * @throws IllegalArgumentException naming the tiers there are
     */
    public static Tier of(String name) {
        for (Tier tier : values()) {
            if (tier.name().equalsIgnoreCase(name)) {
                return tier;
            }
        }
        throw new IllegalArgumentException("'%s' is not a tier; tiers are vip, premium, pro and free".formatted(name));
    }

    /** The tier above; empty for the highest. */
    public Optional<Tier> next() {
        return this == VIP ? Optional.empty() : Optional.of(values()[ordinal() - 1]);
    }

    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }
}
