package countinghouse.billing.alert;

/** The other side does not, or may not, have an alert. */
final class DeliveryException extends RuntimeException {
    DeliveryException(String message, Throwable cause) {
        super(message, cause);
    }
}
