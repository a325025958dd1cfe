package countinghouse.metering.event;

/** The data of an event by name, in the names of requirements.md 2.2. */
@FunctionalInterface
public interface Properties {
    /**
     * The value of a property: a {@code String}, {@code Boolean}, {@code Integer}, {@code Long} or {@code BigDecimal}; null if the
     * event has none.
     */
    Object get(String name);
}
