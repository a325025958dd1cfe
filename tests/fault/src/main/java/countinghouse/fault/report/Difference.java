package countinghouse.fault.report;

/**
 * A count that is not what the log says.
 *
 * @param expected null if the row should not exist
 * @param found null if the row is missing
 */
public record Difference(String row, String expected, String found) {}
