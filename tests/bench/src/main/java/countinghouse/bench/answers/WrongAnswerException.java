package countinghouse.bench.answers;

/** The API answers with another total than what was accepted. */
final class WrongAnswerException extends RuntimeException {
    private static final long serialVersionUID = 1;

    WrongAnswerException(String message) {
        super(message);
    }
}
