package countinghouse.billing.entitlement;

/** The admission counters in Redis cannot be reached now. */
final class CountersUnavailableException extends RuntimeException {
    CountersUnavailableException(String message, Throwable cause) {
        super(message, cause);
    }
}
