package countinghouse.kit.access.key;

import countinghouse.kit.access.CredentialsUnavailableException;

/** Whether a key is good cannot be known: the keys cannot be read, and no copy is young enough. */
public final class KeysUnavailableException extends CredentialsUnavailableException {
    KeysUnavailableException() {
        super("The API keys cannot be read");
    }
}
