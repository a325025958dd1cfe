package countinghouse.kit.access;

/** A token is not known to be revoked; the revocation may be repeated. */
public final class RevocationException extends RuntimeException {
    RevocationException(String message, Throwable cause) {
        super(message, cause);
    }
}
