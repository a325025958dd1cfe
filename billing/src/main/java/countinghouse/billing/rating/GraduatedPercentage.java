package countinghouse.billing.rating;

/** Each part of an amount is charged the percentage of the tier it falls into; the quantity is money. */
public record GraduatedPercentage(Tiers tiers) implements Price {
    @Override
    public Rated rate(Usage usage) {
        return new Rated(tiers.walk(usage.quantity(), "graduated-percentage"));
    }
}
