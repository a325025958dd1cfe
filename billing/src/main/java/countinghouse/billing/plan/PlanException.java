package countinghouse.billing.plan;

/** A plan is not valid, or there is none where one is needed. */
public final class PlanException extends RuntimeException {
    public PlanException(String message) {
        super(message);
    }
}
