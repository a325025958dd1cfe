package countinghouse.metering.event;

/** The data of an event by name, in the names of requirements.md 2.2. */
@FunctionalInterface
public interface Properties {
    /**
     * The value of a property: a {@code String}, {@code Boolean}, {@code Integer}, {@code Long} or {@code BigDecimal}; null if the
     * event has none.
     */
    Object get(String name);

    /**
     * Whether every text is known to be of at most so many characters, and every decimal to be within the platform's limits; false if that is
     * not known. It saves asking for each of them.
     */
    default boolean isWithinLimits(int maxLength) {
        return false;
    }
}
