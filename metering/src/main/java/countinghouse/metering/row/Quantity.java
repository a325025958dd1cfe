package countinghouse.metering.row;

import countinghouse.metering.meter.Aggregation;
import java.math.BigDecimal;

/**
 * An exact number.
 *
 * @param number at scale 9
 */
public record Quantity(BigDecimal number) implements Contribution, Measure {
    public static final Quantity ONE = new Quantity(BigDecimal.ONE);
    private static final byte[] ONE_HASHED = Decimals.unscaled(ONE.number).toByteArray();

    public Quantity {
        number = Decimals.atScale(number);
    }

    @Override
    public byte[] hashed() {
        return this == ONE ? ONE_HASHED.clone() : Decimals.unscaled(number).toByteArray();
    }

    @Override
    public Measure measure() {
        return this;
    }

    @Override
    public Measure merge(Aggregation aggregation, Measure other) {
        if (other instanceof Quantity quantity) {
            return new Quantity(aggregation.merge(number, quantity.number));
        }
        throw new IllegalArgumentException("Cannot merge the quantity %s with a sketch".formatted(number));
    }
}
