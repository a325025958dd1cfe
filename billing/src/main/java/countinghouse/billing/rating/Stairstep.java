package countinghouse.billing.rating;

/** One fixed price for the band that the quantity reaches. */
public record Stairstep(Tiers tiers) implements Price {
    @Override
    public Rated rate(Usage usage) {
        if (tiers.owesNothing(usage.quantity())) {
            return Rated.NOTHING;
        }
        int index = tiers.indexOf(usage.quantity());
        return Rated.of(Detail.fixed(
                "stairstep-band-%d".formatted(index + 1),
                tiers.list().get(index).flatPrice()));
    }
}
