package countinghouse.kit.access.key;

/** Whether a key is good cannot be known: the keys cannot be read, and no copy is young enough. */
public final class KeysUnavailableException extends RuntimeException {
    KeysUnavailableException() {
        super("The API keys cannot be read");
    }
}
