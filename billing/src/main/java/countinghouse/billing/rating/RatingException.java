package countinghouse.billing.rating;

/** A usage cannot be rated, or a price is not one; a missing rate is never zero. */
public final class RatingException extends RuntimeException {
    public RatingException(String message) {
        super(message);
    }
}
