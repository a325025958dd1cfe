package countinghouse.batch.run;

/**
 * A step of a run whose outcome later steps need.
 *
 * @param name also of the command that does it
 * @param outcome how it is kept
 */
public record Step<T>(String name, Class<T> outcome) {}
