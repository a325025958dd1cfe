package countinghouse.serving.batchview;

/** A generation that is not published, or no longer kept. */
public final class UnknownGenerationException extends RuntimeException {
    public UnknownGenerationException(String message) {
        super(message);
    }
}
