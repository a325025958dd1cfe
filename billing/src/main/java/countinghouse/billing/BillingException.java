package countinghouse.billing;

/** Billing refuses something; the message says what, with the values, and what to do next. */
public final class BillingException extends RuntimeException {
    private final BillingError error;

    public BillingException(BillingError error, String message) {
        super(message);
        this.error = error;
    }

    public BillingError error() {
        return error;
    }
}
