package countinghouse.bench.serve;

/** A server answered with another total than what was counted, or not at all. */
final class WrongTotalException extends RuntimeException {
    WrongTotalException(String message) {
        super(message);
    }
}
