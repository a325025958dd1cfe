package countinghouse.kit.contract;

/**
 * One way in which a request breaks the contract.
 *
 * @param in {@code path}, {@code query}, {@code header} or {@code body}
 * @param name of the parameter; of a body, the JSON pointer to the value at fault (empty for the whole)
 * @param message what is wrong with it
 */
public record Violation(String in, String name, String message) {}
