package countinghouse.metering.row;

import static java.nio.charset.StandardCharsets.UTF_8;

/**
 * One of the things that UNIQUE_COUNT counts once.
 *
 * @param text not empty: sketches of other engines skip empty texts
 */
public record UniqueItem(String text) implements Contribution {
    public UniqueItem {
        if (text.isEmpty()) {
            throw new IllegalArgumentException("An empty text is not an item");
        }
    }

    @Override
    public byte[] hashed() {
        return text.getBytes(UTF_8);
    }

    @Override
    public Measure measure() {
        return Uniques.of(this);
    }
}
