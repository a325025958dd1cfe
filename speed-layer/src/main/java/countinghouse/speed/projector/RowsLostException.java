package countinghouse.speed.projector;

/** Redis is there, but not what was written to it. */
final class RowsLostException extends RuntimeException {
    RowsLostException(String message) {
        super(message);
    }
}
