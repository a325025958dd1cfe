package countinghouse.bench.speed.trial;

/** A contestant's counts differ from the oracle's; its speed is of no interest. */
public final class WrongAnswerException extends RuntimeException {
    WrongAnswerException(String message) {
        super(message);
    }
}
