package countinghouse.kit.access;

/** Whether a token is good cannot be known: its issuer's keys cannot be read. */
final class SigningKeysUnavailableException extends CredentialsUnavailableException {
    private static final long serialVersionUID = 1;

    SigningKeysUnavailableException(String message) {
        super(message);
    }
}
