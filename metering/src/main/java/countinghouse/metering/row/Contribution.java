package countinghouse.metering.row;

/** What one event adds to one row. */
public sealed interface Contribution permits Quantity, UniqueItem {
    /** The bytes of it that the row's fingerprint covers. */
    byte[] hashed();

    /** The measure of a row of this event alone. */
    Measure measure();
}
