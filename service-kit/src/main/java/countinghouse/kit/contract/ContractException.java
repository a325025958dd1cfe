package countinghouse.kit.contract;

/** The parts of a contract cannot be assembled: a mistake of the build, never of a caller. */
public final class ContractException extends RuntimeException {
    public ContractException(String message) {
        super(message);
    }

    ContractException(String message, Throwable cause) {
        super(message, cause);
    }
}
