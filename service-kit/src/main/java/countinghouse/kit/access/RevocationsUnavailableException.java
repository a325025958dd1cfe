package countinghouse.kit.access;

/** Whether a token was revoked cannot be known: the revoked tokens were never read. */
final class RevocationsUnavailableException extends CredentialsUnavailableException {
    RevocationsUnavailableException() {
        super("The revoked tokens cannot be read");
    }
}
