package countinghouse.serving.batchview;

import java.util.Set;

/**
 * A published generation: immutable batch counts of everything below {@code closedThrough}.
 *
 * @param number from 1; 0 stands for none
 * @param closedThroughMs exclusive end of the last sealed ingest bucket; speed rows count from here
 * @param publishedAtMs when it was published
 * @param backfilled meters that it counts since the beginning, and not only since their version took effect
 */
public record Generation(long number, long closedThroughMs, long publishedAtMs, Set<String> backfilled) {
    /** Nothing is published yet: everything is speed. */
    public static final Generation NONE = new Generation(0, Long.MIN_VALUE, 0, Set.of());

    public boolean isNone() {
        return number == 0;
    }
}
