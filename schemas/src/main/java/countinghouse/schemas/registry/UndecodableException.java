package countinghouse.schemas.registry;

/** A record's value is not what its topic promises; the record goes to quarantine and stops nobody. */
public final class UndecodableException extends RuntimeException {
    public UndecodableException(String message) {
        super(message);
    }

    public UndecodableException(String message, Throwable cause) {
        super(message, cause);
    }
}
