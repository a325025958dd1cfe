package countinghouse.batch.evidence;

/** Evidence cannot be given: the message says why and what to do. Never a guess in its place. */
public final class EvidenceException extends RuntimeException {
    EvidenceException(String message) {
        super(message);
    }

    EvidenceException(String message, Throwable cause) {
        super(message, cause);
    }
}
