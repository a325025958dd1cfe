package countinghouse.ingestion.collector;

/** The log did not acknowledge in time: whether the records are stored is unknown, and sending them again is safe. */
final class LogUnavailableException extends RuntimeException {
    LogUnavailableException(String message) {
        super(message);
    }

    LogUnavailableException(Throwable cause) {
        super("The event log did not acknowledge in time: " + cause.getMessage(), cause);
    }
}
