package countinghouse.kit.access;

/** Whether a credential is good cannot be known now. Its message says what cannot be read, and "at the moment" may follow. */
public abstract class CredentialsUnavailableException extends RuntimeException {
    protected CredentialsUnavailableException(String message) {
        super(message);
    }
}
