package countinghouse.serving.speedview;

/** Redis cannot be read now. */
public final class SpeedUnavailableException extends RuntimeException {
    public SpeedUnavailableException(String message, Throwable cause) {
        super(message, cause);
    }
}
