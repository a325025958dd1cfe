package countinghouse.billing.rating;

/** Each unit has the price of the tier it falls into. */
public record Graduated(Tiers tiers) implements Price {
    @Override
    public Rated rate(Usage usage) {
        return new Rated(tiers.walk(usage.quantity(), "graduated"));
    }
}
