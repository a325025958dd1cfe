package countinghouse.serving.tier;

/** The tiers of accounts cannot be told now. */
public final class TiersUnavailableException extends RuntimeException {
    public TiersUnavailableException(String message, Throwable cause) {
        super(message, cause);
    }
}
