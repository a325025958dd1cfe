package countinghouse.serving.batchview;

/** The published counts cannot be read now; trying again later may help. */
public final class BatchUnavailableException extends RuntimeException {
    public BatchUnavailableException(String message, Throwable cause) {
        super(message, cause);
    }
}
