package countinghouse.serving.batchview;

/**
 * A published generation: immutable batch counts of everything below {@code closedThrough}.
 *
 * @param number from 1; 0 stands for none
 * @param closedThroughMs exclusive end of the last sealed ingest bucket; speed rows count from here
 * @param publishedAtMs when it was published
 */
public record Generation(long number, long closedThroughMs, long publishedAtMs) {
    /** Nothing is published yet: everything is speed. */
    public static final Generation NONE = new Generation(0, Long.MIN_VALUE, 0);

    public boolean isNone() {
        return number == 0;
    }
}
