package countinghouse.billing.api;

/** Whether a change needs an {@code Idempotency-Key}. One that is sent is always honoured. */
enum KeyPolicy {
    /** Making the change again changes nothing. */
    OPTIONAL,
    /** Making it again would make another one. */
    REQUIRED
}
