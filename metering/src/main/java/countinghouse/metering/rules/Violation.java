package countinghouse.metering.rules;

/**
 * Why a record is not a valid event.
 *
 * @param rule stable id of the rule
 * @param field the offending field
 * @param message what is wrong, with the value, and what is allowed
 */
public record Violation(String rule, String field, String message) {}
