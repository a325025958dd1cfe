package countinghouse.billing.idempotency;

/**
 * The answer to a change.
 *
 * @param body as it was first sent
 * @param repeated whether the change had been made before
 */
public record KeyedAnswer(String body, boolean repeated) {}
